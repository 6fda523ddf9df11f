// The rules of the forms before sign-in, in a file of their own so that the pages are there before them.
import { SignInInput, SignUpInput } from "@homeport/domain/account/account-input";
import { zodResolver } from "@hookform/resolvers/zod";

export const signInRules = zodResolver(SignInInput);
export const signUpRules = zodResolver(SignUpInput);
