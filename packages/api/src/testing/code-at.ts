// What an authenticator app shows at a time.
import { generateSync } from "otplib";

/** `steps`: of 30 seconds, later. */
export function codeAt(secret: string, at: Date, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(at.getTime() / 1_000) + 30 * steps });
}
