// What a person types about their own account: one schema for the forms and the router.
import { z } from "zod";
import { VisibleName } from "./visible-name";

export const Email = z.string().trim().toLowerCase().max(254, "At most 254 characters.").pipe(z.email("An e-mail address, such as ada@example.com."));
export const PersonName = VisibleName(80);

export const PASSWORD_MIN = 10;
/** Argon2id would take more, but a longer one is only a way to make us work. */
export const PASSWORD_MAX = 200;

/** The commonest of at least ten characters in public lists of leaked passwords; shorter ones are refused by length. */
const common = new Set(
  "1234567890 12345678910 123456789a 1234567891 0987654321 0123456789 1111111111 0000000000 9876543210 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyuiop123 q1w2e3r4t5 asdfghjkl1 asdfghjklo abcdefghij abc1234567 a123456789 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 iloveyou12 iloveyou123 letmein123 letmein1234 welcome123 welcome1234 adminadmin administrator admin12345 admin123456 changeme123 changemenow correcthorsebatterystaple football123 baseball123 superman123 princess123 sunshine123 michelle123 homeport123 homeporthomeport proxmox123 proxmoxproxmox rootrootroot toortoortoor".split(" "),
);

/** Why `password` cannot be the password of `email`; `undefined` when it can. */
export function whyNotPassword(password: string, email: string): string | undefined {
  if (password.length < PASSWORD_MIN) return `At least ${PASSWORD_MIN} characters.`;
  if (password.length > PASSWORD_MAX) return `At most ${PASSWORD_MAX} characters.`;
  const plain = password.trim().toLowerCase();
  const address = email.trim().toLowerCase();
  if (plain === address || plain === address.split("@")[0]) return "Not your e-mail address.";
  if (common.has(plain) || new Set(plain).size < 4) return "Too easy to guess: it is among the first that are tried.";
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
  next: z.string().min(PASSWORD_MIN, `At least ${PASSWORD_MIN} characters.`).max(PASSWORD_MAX, `At most ${PASSWORD_MAX} characters.`),
});
export type ChangePasswordInput = z.input<typeof ChangePasswordInput>;
