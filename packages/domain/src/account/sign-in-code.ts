// What is typed besides the password: six digits of an authenticator app, or a recovery code in their place.
import "../text/input-messages";
import { z } from "zod";

/** Letters and digits that are not taken for each other (RFC 4648, base32); five bits each. */
export const RECOVERY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** 80 bits: its hash cannot be searched for. */
export const RECOVERY_LENGTH = 16;

/** However it is grouped and written; null for what is neither. */
export function readSignInCode(typed: string): { kind: "app" | "recovery"; code: string } | null {
  const code = typed.replaceAll(/[\s-]/g, "").toUpperCase();
  if (/^\d{6}$/.test(code)) return { kind: "app", code };
  const isRecovery = code.length === RECOVERY_LENGTH && [...code].every((letter) => RECOVERY_ALPHABET.includes(letter));
  return isRecovery ? { kind: "recovery", code } : null;
}

export const SignInCode = z
  .string()
  .max(60)
  .refine(
    (typed) => readSignInCode(typed) !== null,
    "One of your recovery codes, or six digits, as your authenticator app shows them.",
  );
export const SignInCodeInput = z.strictObject({ code: SignInCode });
export type SignInCodeInput = z.input<typeof SignInCodeInput>;
