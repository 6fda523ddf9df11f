// The rules of the forms before sign-in, and of the address, in a file of their own so that the pages are there before them.
import {
  AskForResetInput,
  ChangeAddressInput,
  ResetPasswordInput,
  SignInInput,
  SignUpInput,
} from "@homeport/domain/account/account-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const signInRules = zodResolver(SignInInput);
export const signUpRules = zodResolver(SignUpInput);
export const askForResetRules = zodResolver(AskForResetInput);
export const resetPasswordRules = zodResolver(ResetPasswordInput);
export const changeAddressRules = zodResolver(ChangeAddressInput);
