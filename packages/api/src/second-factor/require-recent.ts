// What changes how an account is guarded is not for whoever has a session and the password alone, where it takes more to sign in.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { hasFactor } from "../access/required-factor";
import type { InPersonContext } from "../context";
import { RECENT_MS } from "../recent-sign-in";

/**
 * Throws "session.factor_stale" where the account has an app or a passkey, and neither a code nor a passkey was given in this session within RECENT_MS:
 * the page asks for one and repeats the call.
 */
export async function requireRecentFactor(
  { signedIn, clock, userId }: Pick<InPersonContext, "signedIn" | "clock" | "userId">,
  within: DbOrTransaction,
): Promise<void> {
  const since = new Date(clock().getTime() - RECENT_MS);
  const session = { id: signedIn.session.id, factorAt: { gte: since } };
  if ((await within.session.count({ where: session })) > 0) return;
  if (!(await hasFactor(within, userId))) return;
  throw new AppError(
    "session.factor_stale",
    "Give a code of your authenticator app, a recovery code or a passkey: this changes how your account is guarded, for which the password is not enough.",
  );
}
