// Sets the password by a link, and ends every session of the account, the one of this browser too: who it is signs in with the new one.
import { personActor } from "../access/actor";
import type { Context } from "../context";
import { postMail } from "../mails/post";

export async function finishReset(
  ctx: Context,
  input: { token: string; password: string },
): Promise<{ email: string; endedSessions: number }> {
  const { auth, audit } = ctx;
  let ended = 0;
  const { email } = await auth.resetPassword(input, async (transaction, { person, endedSessions }) => {
    ended = endedSessions;
    await postMail(ctx, transaction, { to: person.email, content: { kind: "password_changed" } });
    await audit(transaction, {
      action: "account.reset_password",
      target: { type: "account", id: person.id, name: person.name },
      actor: personActor(person),
      details: { endedSessions },
    });
  });
  return { email, endedSessions: ended };
}
