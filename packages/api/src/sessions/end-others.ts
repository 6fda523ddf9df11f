// Signs every other browser out.
import { lockAccount } from "@homeport/auth";
import type { InPersonContext } from "../context";

export async function endOtherSessions({
  db,
  auth,
  audit,
  userId,
  signedIn,
}: InPersonContext): Promise<{ ended: number }> {
  return db.$transaction(async (transaction) => {
    // Another browser may be setting a second factor up, which ends this one.
    await lockAccount(transaction, userId);
    const ended = await auth.endOthers(transaction, userId, signedIn.session.id);
    await audit(transaction, {
      action: "session.end_others",
      target: { type: "account", id: userId, name: signedIn.person.name },
      details: { ended },
    });
    return { ended };
  });
}
