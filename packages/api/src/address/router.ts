// Procedures on the e-mail address of one's account.
import { ChangeAddressInput } from "@homeport/domain/account/account-input";
import { LinkToken } from "@homeport/domain/account/link-token";
import { z } from "zod";
import { inPerson, open, router } from "../trpc";
import { cancelChange } from "./cancel-change";
import { changeAddress } from "./change";
import { confirmAddress, showAddressLink } from "./confirm";
import { sendLink } from "./send-link";
import { showAddress } from "./show";

const opened = "the link is opened where the mail is read, which may be signed in nowhere; the token is what it shows";

export const addressRouter = router({
  show: inPerson("account:read").query(({ ctx }) => showAddress(ctx)),
  sendLink: inPerson("account:write").mutation(({ ctx }) => sendLink(ctx)),
  change: inPerson("account:write", { recent: true })
    .input(ChangeAddressInput)
    .mutation(({ ctx, input }) => changeAddress(ctx, input.email)),
  cancelChange: inPerson("account:write").mutation(({ ctx }) => cancelChange(ctx)),
  showLink: open(opened)
    .input(z.strictObject({ token: LinkToken }))
    .mutation(({ ctx, input }) => showAddressLink(ctx, input.token)),
  confirm: open(opened)
    .input(z.strictObject({ token: LinkToken }))
    .mutation(({ ctx, input }) => confirmAddress(ctx, input.token)),
});
