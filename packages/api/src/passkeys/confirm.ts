// A passkey used in a session that is there: in the place of the password where a recent sign-in is asked for, and of a code for new recovery codes.
import type { DbOrTransaction } from "@homeport/db/client";
import { inOwnAccount } from "../access/own-account";
import type { InPersonContext } from "../context";
import { renewCodes } from "../second-factor/recovery-codes";
import type { Assertion, ConfirmInput } from "./answer";
import { otherPasskey } from "./refused";
import { countUse, readShown, recordRefused } from "./use";
import { takeAnswered } from "./verify";

export async function confirmByPasskey(ctx: InPersonContext, answer: Assertion): Promise<null> {
  return byOwn(ctx, { answer, purpose: "confirm" }, async (count) => {
    await ctx.auth.confirmSession(ctx.signedIn, async (transaction) => {
      await count(transaction, "account.confirm_passkey");
      await ctx.auth.noteFactor(transaction, ctx.signedIn.session.id);
    });
    return null;
  });
}

export async function renewCodesByPasskey(
  ctx: InPersonContext,
  answer: Assertion,
): Promise<{ recoveryCodes: string[] }> {
  return byOwn(ctx, { answer, purpose: "renew_codes" }, (count) =>
    inOwnAccount(ctx, async (transaction) => {
      await count(transaction, "account.renew_recovery_codes");
      return renewCodes(ctx, transaction);
    }),
  );
}

/** `count`: in the transaction of what it is used for; writes the line of that. */
async function byOwn<T>(
  ctx: InPersonContext,
  { answer, purpose }: { answer: Assertion } & ConfirmInput,
  change: (count: (transaction: DbOrTransaction, action: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const { auth, audit, userId, person, clock, signedIn } = ctx;
  await auth.limitPasskeys({ userId });
  const challenge = await takeAnswered(ctx, answer.response, { purpose, sessionId: signedIn.session.id });
  const shown = await readShown(ctx, answer, { challenge, isKnown: true });
  if (shown.userId !== userId) throw otherPasskey();
  return recordRefused(ctx, { shown, action: "account.refuse_passkey" }, async () => {
    const use = await shown.verify();
    return change(async (transaction, action) => {
      await countUse(transaction, { id: shown.id, ...use, now: clock() });
      await audit(transaction, {
        action,
        target: { type: "account", id: userId, name: person.name },
        details: { passkey: shown.name },
      });
    });
  });
}
