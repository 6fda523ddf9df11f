// New recovery codes, turning the code off, and what else asks for a factor: by who gives a code, so that a browser which was left signed in is not enough.
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { inOwnAccount } from "../access/own-account";
import { hasFactor } from "../access/required-factor";
import type { InPersonContext } from "../context";
import { afterRemoval } from "./end";
import { postNews } from "./post-news";
import { renewCodes } from "./recovery-codes";
import { limitCode, requireCode } from "./require-code";
import { off } from "./set-up";

export async function renewRecoveryCodes(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  return withCode(ctx, { code, action: "account.renew_recovery_codes" }, async (transaction, by) => {
    await noteRecovery(ctx, transaction, by);
    return renewCodes(ctx, transaction);
  });
}

export async function turnOffSecondFactor(ctx: InPersonContext, code: string): Promise<null> {
  const { userId, person } = ctx;
  return withCode(ctx, { code, action: "account.end_second_factor" }, async (transaction) => {
    const { count } = await transaction.secondFactor.deleteMany({
      where: { user: { id: userId }, ...confirmedFactor },
    });
    // The code stood in for a passkey.
    if (count === 0)
      throw new AppError(
        "second_factor.off",
        "There is no authenticator app to be turned off: passkeys are removed below.",
      );
    await afterRemoval(ctx, transaction);
    const kind = (await hasFactor(transaction, userId)) ? "app_removed" : "second_factor_off";
    await postNews(ctx, transaction, { person, kind });
    return null;
  });
}

/** For what is asked for with a factor of this session: a code counts there for a while. */
export async function giveCode(ctx: InPersonContext, code: string): Promise<null> {
  return withCode(ctx, { code, action: "account.give_code" }, async (transaction, by) => {
    await noteRecovery(ctx, transaction, by);
    await ctx.auth.noteFactor(transaction, ctx.signedIn.session.id);
    return null;
  });
}

async function noteRecovery(ctx: InPersonContext, within: DbOrTransaction, by: "app" | "recovery"): Promise<void> {
  if (by === "recovery") await postNews(ctx, within, { person: ctx.person, kind: "recovery_code_used" });
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
