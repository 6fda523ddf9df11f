// Sets the password by a link, and ends every session and API token of the account, the session of this browser too: who it is signs in with the new one.
import type { Ended } from "@homeport/auth";
import { personActor } from "../access/actor";
import type { Context } from "../context";
import { postMail } from "../mails/post";

export async function finishReset(
  ctx: Context,
  input: { token: string; password: string },
): Promise<{ email: string } & Ended> {
  const { auth, audit } = ctx;
  let ended: Ended = { endedSessions: 0, endedTokens: 0 };
  const { email } = await auth.resetPassword(input, async (transaction, { person, ...counts }) => {
    ended = counts;
    await postMail(ctx, transaction, { to: person.email, content: { kind: "password_changed" } });
    await audit(transaction, {
      action: "account.reset_password",
      target: { type: "account", id: person.id, name: person.name },
      actor: personActor(person),
      details: counts,
    });
  });
  return { email, ...ended };
}
