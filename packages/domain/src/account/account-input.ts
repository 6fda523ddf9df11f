// What a person types about their own account: one schema for the forms and the router.
import { z } from "zod";
import { VisibleName } from "./visible-name";

const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("An e-mail address, such as ada@example.com."));
export const PersonName = VisibleName(80);

export const PASSWORD_MIN = 10;
/** Argon2id would take more, but a longer one is only a way to make us work. */
const PASSWORD_MAX = 200;

/** Why `password` cannot be the password of `email`; `undefined` when it can. The server also refuses known ones (auth/known-passwords). */
export function whyNotPassword(password: string, email: string): string | undefined {
  if (password.length < PASSWORD_MIN) return `At least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `At most ${PASSWORD_MAX} characters.`;
  const plain = password.trim().toLowerCase();
  const address = email.trim().toLowerCase();
  if (plain === address || plain === address.split("@")[0]) return "Not your e-mail address.";
  if (new Set(plain).size < 4) return "Too easy to guess: it is among the first that are tried.";
  return undefined;
}

export const SignUpInput = z
  .strictObject({ name: PersonName, email: Email, password: z.string() })
  .superRefine(({ email, password }, context) => {
    const why = whyNotPassword(password, email);
    if (why !== undefined) context.addIssue({ code: "custom", path: ["password"], message: why });
  });
export type SignUpInput = z.input<typeof SignUpInput>;

/** Says nothing about the policy: an old password may be shorter than today's rule. */
export const SignInInput = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, "Type your e-mail address.").max(254),
  password: z.string().min(1, "Type your password.").max(PASSWORD_MAX),
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
