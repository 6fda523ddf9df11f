// New recovery codes, and turning the code off: by who gives a code, so that a browser which was left signed in is not enough.
import type { DbOrTransaction } from "@homeport/db/client";
import type { InPersonContext } from "../context";
import { postMail } from "../mails/post";
import { replaceRecoveryCodes } from "./recovery-codes";
import { limitCode, requireCode } from "./require-code";
import { changing, off } from "./set-up";

export async function renewRecoveryCodes(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  return withCode(ctx, { code, action: "account.renew_recovery_codes" }, async (transaction) => ({
    recoveryCodes: await replaceRecoveryCodes(transaction, ctx.userId),
  }));
}

export async function turnOffSecondFactor(ctx: InPersonContext, code: string): Promise<null> {
  const mayMail = await ctx.auth.mayMailTo(ctx.person.email);
  return withCode(ctx, { code, action: "account.end_second_factor" }, async (transaction) => {
    if (mayMail) await postMail(ctx, transaction, { to: ctx.person.email, content: { kind: "second_factor_off" } });
    await transaction.secondFactor.deleteMany({ where: { user: { id: ctx.userId } } });
    return null;
  });
}

async function withCode<T>(
  ctx: InPersonContext,
  { code, action }: { code: string; action: string },
  change: (transaction: DbOrTransaction) => Promise<T>,
): Promise<T> {
  const { audit, userId, person } = ctx;
  await limitCode(ctx, { userId, code });
  const changed = await changing(ctx, async (transaction) => {
    if ((await requireCode(ctx, transaction, { userId, code })) === null) throw off();
    await audit(transaction, { action, target: { type: "account", id: userId, name: person.name } });
    return change(transaction);
  });
  await ctx.auth.refillCodes(userId, ctx.origin.ip);
  return changed;
}
