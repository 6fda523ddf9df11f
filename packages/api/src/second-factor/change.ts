// New recovery codes, and turning the code off: by who gives a code, so that a browser which was left signed in is not enough.
import type { DbOrTransaction } from "@homeport/db/client";
import { inOwnAccount } from "../access/own-account";
import type { InPersonContext } from "../context";
import { postNews } from "./post-news";
import { replaceRecoveryCodes } from "./recovery-codes";
import { limitCode, requireCode } from "./require-code";
import { off } from "./set-up";

export async function renewRecoveryCodes(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  const { userId, person } = ctx;
  return withCode(ctx, { code, action: "account.renew_recovery_codes" }, async (transaction, by) => {
    if (by === "recovery") await postNews(ctx, transaction, { person, kind: "recovery_code_used" });
    return { recoveryCodes: await replaceRecoveryCodes(transaction, userId) };
  });
}

export async function turnOffSecondFactor(ctx: InPersonContext, code: string): Promise<null> {
  const { userId, person } = ctx;
  return withCode(ctx, { code, action: "account.end_second_factor" }, async (transaction) => {
    await postNews(ctx, transaction, { person, kind: "second_factor_off" });
    await transaction.secondFactor.deleteMany({ where: { user: { id: userId } } });
    return null;
  });
}

async function withCode<T>(
  ctx: InPersonContext,
  { code, action }: { code: string; action: string },
  change: (transaction: DbOrTransaction, by: "app" | "recovery") => Promise<T>,
): Promise<T> {
  const { audit, userId, person } = ctx;
  await limitCode(ctx, { userId, code });
  const changed = await inOwnAccount(ctx, async (transaction) => {
    const by = await requireCode(ctx, transaction, { userId, code });
    if (by === null) throw off();
    await audit(transaction, { action, target: { type: "account", id: userId, name: person.name } });
    return change(transaction, by);
  });
  await ctx.auth.refillCodes(userId, ctx.origin.ip);
  return changed;
}
