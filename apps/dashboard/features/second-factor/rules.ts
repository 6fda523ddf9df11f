// The form's rules, in a file of their own so that the page is there before them.
import { SignInCodeInput } from "@homeport/domain/account/sign-in-code";
import { zodResolver } from "@hookform/resolvers/zod";

export const codeRules = zodResolver(SignInCodeInput);
