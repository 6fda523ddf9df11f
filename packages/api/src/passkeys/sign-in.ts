// Signs a person in by a passkey alone: it is something that they have, and shows that it was they who used it.
import { personActor } from "../access/actor";
import { endReplaced } from "../auth/replaced-session";
import type { Me } from "../auth/router";
import type { Context } from "../context";
import type { Assertion } from "./answer";
import { requireOpen, useUp } from "./sign-in-challenge";
import { countUse, readShown, recordRefused } from "./use";
import { challengeIn } from "./verify";

export async function signInByPasskey(ctx: Context, answer: Assertion): Promise<Me> {
  const { auth, audit, origin, clock, resHeaders } = ctx;
  await auth.limitPasskeys({ ip: origin.ip });
  const challenge = challengeIn(answer.response.clientDataJSON);
  const expiresAt = requireOpen(ctx, challenge);
  const shown = await readShown(ctx, answer, { challenge, isKnown: false });
  const { person, cookie } = await recordRefused(ctx, { shown, action: "account.sign_in_failed" }, async () => {
    const use = await shown.verify();
    await useUp(ctx, { challenge, expiresAt });
    return auth.signInWithoutPassword(shown.userId, origin, async (transaction, made) => {
      await countUse(transaction, { id: shown.id, ...use, now: clock() });
      await endReplaced(ctx, transaction);
      await audit(transaction, {
        action: "account.sign_in",
        target: { type: "account", id: made.id, name: made.name },
        actor: personActor(made),
        details: { passkey: shown.name },
      });
      return shown.id;
    });
  });
  resHeaders?.append("set-cookie", cookie);
  return person;
}
