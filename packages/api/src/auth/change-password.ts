// Changes the caller's password and ends their other sessions.
import type { MemberContext } from "../context";

export async function changePassword(
  { auth, audit, signedIn }: MemberContext,
  input: { current: string; next: string },
): Promise<{ endedSessions: number }> {
  let ended = 0;
  await auth.changePassword(input, signedIn, async (transaction, { endedSessions }) => {
    ended = endedSessions;
    const { id, name } = signedIn.person;
    await audit(transaction, {
      action: "account.change_password",
      target: { type: "account", id, name },
      details: { endedSessions },
    });
  });
  return { endedSessions: ended };
}
