// Procedures on being somebody: signing up, in and out, and one's password.
import {
  ChangePasswordInput,
  ConfirmPasswordInput,
  SignInInput,
  SignUpInput,
} from "@homeport/domain/account/account-input";
import { inPerson, open, router } from "../trpc";
import { changePassword } from "./change-password";
import { confirmPassword } from "./confirm-password";
import { DemoSignInInput, signInDemo } from "./demo";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";
import { signUp, signUpMode } from "./sign-up";

export interface Me {
  id: string;
  name: string;
  email: string;
  role: "USER" | "SUPER_ADMIN";
}

export const authRouter = router({
  signUp: open("who signs up has no session yet")
    .input(SignUpInput)
    .mutation(({ ctx, input }) => signUp(ctx, input)),
  signIn: open("who signs in has no session yet")
    .input(SignInInput)
    .mutation(({ ctx, input }) => signIn(ctx, input)),
  signOut: open("a session that has ended meanwhile is signed out as well").mutation(({ ctx }) => signOut(ctx)),
  changePassword: inPerson("account:write")
    .input(ChangePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  confirmPassword: inPerson("account:write")
    .input(ConfirmPasswordInput)
    .mutation(({ ctx, input }) => confirmPassword(ctx, input)),
  me: open("says whether somebody is signed in").query(({ ctx }): Me | null => ctx.signedIn?.person ?? null),
  signUpMode: open("the sign-in and sign-up pages say whether one can sign up").query(async ({ ctx }) => ({
    mode: await signUpMode(ctx),
  })),
  signInDemo: open("who signs in has no session yet")
    .input(DemoSignInInput)
    .mutation(({ ctx, input }) => signInDemo(ctx, input)),
});
