// What reveals or replaces a secret, or destroys, is not for whoever finds a browser that was left signed in.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "./context";

/** How long a password or a passkey counts, from when it was given; what is done meanwhile does not lengthen it. */
export const RECENT_MS = 30 * 60_000;

/**
 * Throws "session.stale" when the person gave neither their password nor a passkey within RECENT_MS: the page asks for one and repeats the call. A token was given the
 * right by name, by a person whose password was: it needs no other.
 */
export function requireRecentSignIn({ signedIn, clock }: MemberContext): void {
  if (signedIn === null) return;
  if (clock().getTime() - signedIn.session.authenticatedAt.getTime() <= RECENT_MS) return;
  throw new AppError(
    "session.stale",
    "Enter your password once more: this reveals or replaces a secret, or destroys something, and you signed in more than 30 minutes ago.",
  );
}
