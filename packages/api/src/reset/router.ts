// Procedures for who has forgotten their password: nobody of them is signed in.
import { AskForResetInput, ResetPasswordInput } from "@homeport/domain/account/account-input";
import { LinkToken } from "@homeport/domain/account/link-token";
import { z } from "zod";
import { open, router } from "../trpc";
import { askForReset } from "./ask";
import { finishReset } from "./finish";
import { showReset } from "./show";

const forgot = "who has forgotten their password cannot sign in; the token is what they show";

export const resetRouter = router({
  ask: open("who has forgotten their password cannot sign in")
    .input(AskForResetInput)
    .mutation(({ ctx, input }) => askForReset(ctx, input.email)),
  show: open(forgot)
    .input(z.strictObject({ token: LinkToken }))
    .mutation(({ ctx, input }) => showReset(ctx, input.token)),
  finish: open(forgot)
    .input(ResetPasswordInput)
    .mutation(({ ctx, input }) => finishReset(ctx, input)),
});
