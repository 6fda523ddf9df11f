// Procedures on API tokens: a person makes and revokes them in their browser; a program asks what its own may do.
import { CreateTokenInput } from "@homeport/domain/account/token-input";
import { uuid } from "@homeport/domain/text/uuid";
import { z } from "zod";
import { inPerson, open, router } from "../trpc";
import { createToken } from "./create";
import { listTokens } from "./list";
import { revokeToken } from "./revoke";
import { showOwnToken } from "./show-own";

export const tokensRouter = router({
  list: inPerson("account:read").query(({ ctx }) => listTokens(ctx)),
  create: inPerson("account:write", { recent: true })
    .input(CreateTokenInput)
    .mutation(({ ctx, input }) => createToken(ctx, input)),
  revoke: inPerson("account:write")
    .input(z.strictObject({ id: uuid() }))
    .mutation(({ ctx, input }) => revokeToken(ctx, input.id)),
  own: open("a program asks what its token may do; nobody else learns anything").query(({ ctx }) => showOwnToken(ctx)),
});
