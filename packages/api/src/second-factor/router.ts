// Procedures on the code of an authenticator app that one's account asks for at sign-in.
import { SignInCodeInput } from "@homeport/domain/account/sign-in-code";
import { inPerson, router } from "../trpc";
import { giveCode, renewRecoveryCodes, turnOffSecondFactor } from "./change";
import { beginSecondFactor, confirmSecondFactor } from "./set-up";
import { showSecondFactor } from "./show";

export const secondFactorRouter = router({
  show: inPerson("account:read").query(({ ctx }) => showSecondFactor(ctx)),
  begin: inPerson("account:write", { recent: true }).mutation(({ ctx }) => beginSecondFactor(ctx)),
  confirm: inPerson("account:write", { recent: true })
    .input(SignInCodeInput)
    .mutation(({ ctx, input }) => confirmSecondFactor(ctx, input.code)),
  giveCode: inPerson("account:write")
    .input(SignInCodeInput)
    .mutation(({ ctx, input }) => giveCode(ctx, input.code)),
  renewCodes: inPerson("account:write")
    .input(SignInCodeInput)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input.code)),
  turnOff: inPerson("account:write")
    .input(SignInCodeInput)
    .mutation(({ ctx, input }) => turnOffSecondFactor(ctx, input.code)),
});
