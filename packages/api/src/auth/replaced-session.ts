// Who signs in while a session is in the cookie leaves that one: without its cookie nobody could end it but from the list of sessions.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Context } from "../context";

export async function endReplaced({ auth, signedIn }: Context, within: DbOrTransaction): Promise<void> {
  if (signedIn !== null) await auth.end(within, signedIn.person.id, signedIn.session.publicId);
}
