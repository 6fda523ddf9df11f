// A passkey is used: whose it is, whether what was answered counts, and how often it was used by now.
import type { DbOrTransaction } from "@homeport/db/client";
import { isAppError } from "@homeport/domain/error";
import type { Context } from "../context";
import type { Assertion } from "./answer";
import { copiedPasskey, unknownPasskey, wrongPasskey } from "./refused";
import { verifyAssertion, type Use } from "./verify";

export interface Shown {
  id: string;
  userId: string;
  name: string;
  /** Throws "passkey.wrong". */
  verify: () => Promise<Use>;
}

/** Finds the passkey. `isKnown`: who answers has said who they are. Throws "passkey.unknown". */
export async function readShown(
  ctx: Context,
  answer: Assertion,
  { challenge, isKnown }: { challenge: string; isKnown: boolean },
): Promise<Shown> {
  const found = await ctx.db.passkey.findUnique({
    where: { credentialId: answer.id },
    select: {
      id: true,
      userId: true,
      name: true,
      credentialId: true,
      publicKey: true,
      user: { select: { passkeyHandle: true } },
    },
  });
  if (found === null) throw unknownPasskey();
  const { id, userId, name, user, ...key } = found;
  const verify = async (): Promise<Use> => {
    const { userHandle } = answer.response;
    // Of who has not said who they are, the passkey says it (WebAuthn, 7.2, step 6).
    if (userHandle === undefined ? !isKnown : userHandle !== spelled(user.passkeyHandle))
      throw wrongPasskey("its user handle is another account's");
    return verifyAssertion(ctx, answer, { challenge, key });
  };
  return { id, userId, name, verify };
}

/** Of one that was wrong or copied: its person has to see that somebody has their passkey, or a copy of it. */
export async function recordRefused<T>(
  { audit, db }: Pick<Context, "audit" | "db">,
  { shown: { userId, name }, action }: { shown: Shown; action: "account.sign_in_failed" | "account.refuse_passkey" },
  use: () => Promise<T>,
): Promise<T> {
  return use().catch(async (error: unknown) => {
    if (isAppError(error) && (error.refusal === "passkey.wrong" || error.refusal === "passkey.copied"))
      await audit(db, {
        action,
        target: { type: "account", id: userId },
        ...(action === "account.sign_in_failed" ? { actor: null } : {}),
        details: { passkey: name, reason: error.refusal },
      });
    throw error;
  });
}

/**
 * In the transaction of what it is used for. Throws "passkey.copied" where an authenticator that counts has not counted on: of one key in two places one is
 * behind (WebAuthn, 6.1.1). Throws "passkey.unknown" for one that was removed a moment ago.
 */
export async function countUse(
  transaction: DbOrTransaction,
  { id, counter, backedUp, now }: { id: string; now: Date } & Use,
): Promise<void> {
  const { count } = await transaction.passkey.updateMany({
    where: { id, counter: counter === 0 ? 0 : { lt: counter } },
    data: { counter, backedUp, lastUsedAt: now },
  });
  if (count === 1) return;
  throw (await transaction.passkey.count({ where: { id } })) === 0 ? unknownPasskey() : copiedPasskey();
}

/** As an authenticator answers it. */
function spelled(handle: Uint8Array | null): string | null {
  return handle === null ? null : Buffer.from(handle).toString("base64url");
}
