// Whoever changes what guards their own account (tokens, the second factor) does it here.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import type { InPersonContext } from "../context";

/** Behind the account's lock, by a session that is still there: what a new password ended makes and changes nothing any more. */
export async function inOwnAccount<T>(
  { db, auth, userId, signedIn }: Pick<InPersonContext, "db" | "auth" | "userId" | "signedIn">,
  change: (transaction: DbOrTransaction) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (transaction) => {
    await lockAccount(transaction, userId);
    await auth.requireSession(transaction, signedIn.session.id);
    return change(transaction);
  });
}
