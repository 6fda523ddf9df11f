// What a person types about their own account: one schema for the forms and the router.
import "../text/input-messages";
import { z } from "zod";
import { PASSWORD_MAX, PASSWORD_MIN, whyNotPassword } from "./password-rule";
import { SignInCode } from "./sign-in-code";
import { LinkToken } from "./link-token";
import { VisibleName } from "./visible-name";

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("An e-mail address, such as ada@example.com."));
export const PersonName = VisibleName(80);

export const SignUpInput = z
  .strictObject({
    name: PersonName,
    email: Email,
    password: z.string(),
    /** The token of a link by which they were invited: they join with the account, or no account is made. */
    invitation: LinkToken.optional(),
  })
  .superRefine(({ email, password }, context) => {
    const why = whyNotPassword(password, email);
    if (why !== undefined) context.addIssue({ code: "custom", path: ["password"], message: why });
  });
export type SignUpInput = z.input<typeof SignUpInput>;

/** Says nothing about the policy: an old password may be shorter than today's rule. */
export const SignInInput = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, "Type your e-mail address.").max(254),
  password: z.string().min(1, "Type your password.").max(PASSWORD_MAX),
  /** Where the account asks for one: of an authenticator app, or a recovery code. Empty: none was asked for yet. */
  code: z.literal("").or(SignInCode).optional(),
});
export type SignInInput = z.input<typeof SignInInput>;

/** The new one is judged by `whyNotPassword` where the account's e-mail is known. */
export const ChangePasswordInput = z.strictObject({
  current: z.string().min(1, "Type your current password.").max(PASSWORD_MAX),
  next: z
    .string()
    .min(PASSWORD_MIN, `At least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `At most ${PASSWORD_MAX} characters.`),
});
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;

/** The password once more, for what asks for a recent sign-in. */
export const ConfirmPasswordInput = z.strictObject({
  password: z.string().min(1, "Type your password.").max(PASSWORD_MAX),
});
export type ConfirmPasswordInput = z.input<typeof ConfirmPasswordInput>;

/** Where a link that sets a new password is sent to, if it is an account's. */
export const AskForResetInput = z.strictObject({ email: Email });
export type AskForResetInput = z.input<typeof AskForResetInput>;

/** Judged by `whyNotPassword` where the account's e-mail is known. */
export const ResetPasswordInput = z.strictObject({ token: LinkToken, password: ChangePasswordInput.shape.next });
export type ResetPasswordInput = z.input<typeof ResetPasswordInput>;

export const ChangeAddressInput = z.strictObject({ email: Email });
export type ChangeAddressInput = z.input<typeof ChangeAddressInput>;
