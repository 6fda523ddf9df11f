// Whether a password may be somebody's new one: long enough, and not among the first that are tried.
import { whyNotPassword } from "@homeport/domain/account/password-rule";
import { AppError } from "@homeport/domain/error";
import { isKnownPassword } from "./known-passwords";

/** `field`: of the form, which shows why not. */
export function requireGoodPassword(password: string, { email, field }: { email: string; field: string }): void {
  // Asked on the server only: the list is too large for a browser.
  const known = "Too easy to guess: it is among the first that are tried.";
  const why = whyNotPassword(password, email) ?? (isKnownPassword(password) ? known : undefined);
  if (why !== undefined) throw new AppError("password.weak", why, { fields: { [field]: why } });
}
