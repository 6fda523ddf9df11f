// New recovery codes, and turning the code off: by who gives a code, so that a browser which was left signed in is not enough.
import type { DbOrTransaction } from "@homeport/db/client";
import type { InPersonContext } from "../context";
import { replaceRecoveryCodes } from "./recovery-codes";
import { requireCode } from "./require-code";
import { changing, off } from "./set-up";

export async function renewRecoveryCodes(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  return withCode(ctx, { code, action: "account.renew_recovery_codes" }, async (transaction) => ({
    recoveryCodes: await replaceRecoveryCodes(transaction, ctx.userId),
  }));
}

export async function turnOffSecondFactor(ctx: InPersonContext, code: string): Promise<null> {
  return withCode(ctx, { code, action: "account.end_second_factor" }, async (transaction) => {
    await transaction.secondFactor.deleteMany({ where: { user: { id: ctx.userId } } });
    return null;
  });
}

async function withCode<T>(
  ctx: InPersonContext,
  { code, action }: { code: string; action: string },
  change: (transaction: DbOrTransaction) => Promise<T>,
): Promise<T> {
  const { auth, audit, userId, person } = ctx;
  await auth.limitCodes(userId);
  return changing(ctx, async (transaction) => {
    if ((await requireCode(ctx, transaction, { userId, code })) === null) throw off();
    await audit(transaction, { action, target: { type: "account", id: userId, name: person.name } });
    return change(transaction);
  });
}
