// Signs every other browser out.
import type { InPersonContext } from "../context";

export async function endOtherSessions({
  db,
  auth,
  audit,
  userId,
  signedIn,
}: InPersonContext): Promise<{ ended: number }> {
  return db.$transaction(async (transaction) => {
    const ended = await auth.endOthers(transaction, userId, signedIn.session.id);
    await audit(transaction, {
      action: "session.end_others",
      target: { type: "account", id: userId, name: signedIn.person.name },
      details: { ended },
    });
    return { ended };
  });
}
