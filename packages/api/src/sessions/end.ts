// Signs one browser out.
import type { InPersonContext } from "../context";
import { notFound } from "../access/not-found";

export async function endSession(
  { db, auth, audit, userId, signedIn, resHeaders }: InPersonContext,
  id: string,
): Promise<{ id: string }> {
  await db.$transaction(async (transaction) => {
    if (!(await auth.end(transaction, userId, id))) throw notFound("session");
    await audit(transaction, { action: "session.end", target: { type: "session", id } });
  });
  if (id === signedIn.session.publicId) resHeaders?.append("set-cookie", auth.blankCookie());
  return { id };
}
