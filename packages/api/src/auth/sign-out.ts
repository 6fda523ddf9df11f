// Ends the session of this browser; harmless when it has none.
import type { Context } from "../context";

export async function signOut({ auth, audit, signedIn, resHeaders }: Context): Promise<null> {
  resHeaders?.append("set-cookie", auth.blankCookie());
  if (signedIn === null) {
    audit.nothing("nobody was signed in");
    return null;
  }
  const { person, session } = signedIn;
  await auth.signOut(session, (transaction) =>
    audit(transaction, { action: "account.sign_out", target: { type: "account", id: person.id, name: person.name } }),
  );
  return null;
}
