// Changes the caller's password and ends their other sessions.
import type { InPersonContext } from "../context";
import { postMail } from "../mails/post";

export async function changePassword(
  ctx: InPersonContext,
  input: { current: string; next: string },
): Promise<{ endedSessions: number }> {
  const { auth, audit, signedIn } = ctx;
  let ended = 0;
  const mayMail = await auth.mayMailTo(signedIn.person.email);
  await auth.changePassword(input, signedIn, async (transaction, { endedSessions }) => {
    ended = endedSessions;
    const { id, name, email } = signedIn.person;
    if (mayMail) await postMail(ctx, transaction, { to: email, content: { kind: "password_changed" } });
    await audit(transaction, {
      action: "account.change_password",
      target: { type: "account", id, name },
      details: { endedSessions },
    });
  });
  return { endedSessions: ended };
}
