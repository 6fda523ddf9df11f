// Signs a person in; a wrong password for an account that exists is told to its owner in the audit log.
import { personActor } from "../access/actor";
import type { Context } from "../context";
import { endReplaced } from "./replaced-session";
import type { Me } from "./router";

export async function signIn(ctx: Context, input: { email: string; password: string }): Promise<Me> {
  const { auth, audit, db, origin, resHeaders } = ctx;
  const { person, cookie } = await auth.signIn(input, origin, {
    within: async (transaction, made) => {
      await endReplaced(ctx, transaction);
      await audit(transaction, {
        action: "account.sign_in",
        target: { type: "account", id: made.id, name: made.name },
        actor: personActor(made),
      });
    },
    refused: (userId) =>
      audit(db, { action: "account.sign_in_failed", target: { type: "account", id: userId }, actor: null }),
  });
  resHeaders?.append("set-cookie", cookie);
  return person;
}
