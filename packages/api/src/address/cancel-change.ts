// The link that is under way leads nowhere from now on, and the account keeps its address.
import type { InPersonContext } from "../context";

export async function cancelChange({ auth, audit, db, signedIn }: InPersonContext): Promise<null> {
  const { id, name } = signedIn.person;
  return db.$transaction(async (transaction) => {
    const ended = await auth.endLinks(transaction, id);
    if (ended === 0) audit.nothing("no link was under way");
    else await audit(transaction, { action: "account.cancel_link", target: { type: "account", id, name } });
    return null;
  });
}
