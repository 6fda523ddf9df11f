// Procedures on passkeys: signing in by one, and those of one's account.
import { PasskeyNameInput } from "@homeport/domain/account/passkey-input";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { inPerson, open, router } from "../trpc";
import { AnswerInput, ConfirmInput, RegisterInput } from "./answer";
import { beginConfirm, beginRegister, beginSignIn } from "./begin";
import { removePasskey, renamePasskey } from "./change";
import { confirmByPasskey, renewCodesByPasskey } from "./confirm";
import { listPasskeys } from "./list";
import { passkeyPlace } from "./place";
import { registerPasskey } from "./register";
import { signInByPasskey } from "./sign-in";

const Id = z.strictObject({ id: uuid() });

export const passkeysRouter = router({
  place: open("the sign-in page says whether passkeys can be used at its address").query(({ ctx }) =>
    passkeyPlace(ctx.config.publicUrl),
  ),
  beginSignIn: open("who signs in has no session yet").mutation(({ ctx }) => beginSignIn(ctx)),
  signIn: open("who signs in has no session yet")
    .input(AnswerInput)
    .mutation(({ ctx, input }) => signInByPasskey(ctx, input.answer)),
  list: inPerson("account:read").query(({ ctx }) => listPasskeys(ctx)),
  beginRegister: inPerson("account:write", { recent: true })
    .input(PasskeyNameInput)
    .mutation(({ ctx, input }) => beginRegister(ctx, input)),
  register: inPerson("account:write")
    .input(RegisterInput)
    .mutation(({ ctx, input }) => registerPasskey(ctx, input)),
  rename: inPerson("account:write", { recent: true })
    .input(Id.extend(PasskeyNameInput.shape))
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  remove: inPerson("account:write", { recent: true })
    .input(Id)
    .mutation(({ ctx, input }) => removePasskey(ctx, input.id)),
  beginConfirm: inPerson("account:write")
    .input(ConfirmInput)
    .mutation(({ ctx, input }) => beginConfirm(ctx, input)),
  confirm: inPerson("account:write")
    .input(AnswerInput)
    .mutation(({ ctx, input }) => confirmByPasskey(ctx, input.answer)),
  renewCodes: inPerson("account:write")
    .input(AnswerInput)
    .mutation(({ ctx, input }) => renewCodesByPasskey(ctx, input.answer)),
});
