// Setting an authenticator app up: a secret for it, which counts from the first code that is right; and recovery codes, shown once.
import { confirmedFactor } from "@homeport/db/confirmed-factor";
import { readSignInCode } from "@homeport/domain/account/sign-in-code";
import { AppError } from "@homeport/domain/error";
import { inOwnAccount } from "../access/own-account";
import { hasFactor } from "../access/required-factor";
import { requireNotDemo } from "../auth/demo";
import type { InPersonContext } from "../context";
import { postNews } from "./post-news";
import { giveRecoveryCodes } from "./recovery-codes";
import { requireRecentFactor } from "./require-recent";
import { takeAppCode, wrong } from "./require-code";
import { appUri, newSecret } from "./totp";

/** A new secret in the place of one that was never confirmed. */
export async function beginSecondFactor(ctx: InPersonContext): Promise<{ secret: string; uri: string }> {
  const { vault, userId, person, clock, audit } = ctx;
  await requireNotDemo(ctx);
  const secret = newSecret();
  await inOwnAccount(ctx, async (transaction) => {
    const set = await transaction.secondFactor.count({ where: { user: { id: userId }, ...confirmedFactor } });
    if (set > 0) throw on();
    await requireRecentFactor(ctx, transaction);
    const fresh = {
      secret: vault.seal({ table: "SecondFactor", row: userId, column: "secret" }, secret),
      createdAt: clock(),
      lastStep: 0,
    };
    await transaction.secondFactor.upsert({
      where: { userId },
      create: { userId, ...fresh },
      update: fresh,
      select: { userId: true },
    });
    await audit(transaction, {
      action: "account.begin_second_factor",
      target: { type: "account", id: userId, name: person.name },
    });
  });
  return { secret, uri: appUri(secret, person.email) };
}

/** `recoveryCodes`: empty where those that came with a passkey count on. */
export async function confirmSecondFactor(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  const { auth, userId, person, clock, audit, signedIn } = ctx;
  await auth.limitCodes(userId, ctx.origin.ip);
  const confirmed = await inOwnAccount(ctx, async (transaction) => {
    const factor = await transaction.secondFactor.findUnique({ where: { userId } });
    if (factor === null) throw off();
    if (factor.confirmedAt !== null) throw on();
    await requireRecentFactor(ctx, transaction);
    const isFirst = !(await hasFactor(transaction, userId));
    const typed = readSignInCode(code);
    if (typed?.kind !== "app") throw wrong();
    await takeAppCode(ctx, transaction, { factor, code: typed.code });
    await auth.limitNewFactors(transaction, userId);
    await transaction.secondFactor.update({
      where: { userId },
      data: { confirmedAt: clock() },
      select: { userId: true },
    });
    if (isFirst) await auth.noteFactor(transaction, signedIn.session.id);
    const recoveryCodes = await giveRecoveryCodes(transaction, userId);
    // They were signed in by the password alone, and would be let in by a code that was never given in them.
    const endedSessions = await auth.endOthers(transaction, userId, signedIn.session.id);
    await postNews(ctx, transaction, { person, kind: "second_factor_on" });
    await audit(transaction, {
      action: "account.confirm_second_factor",
      target: { type: "account", id: userId, name: person.name },
      details: { endedSessions },
    });
    return { recoveryCodes };
  });
  await auth.refillCodes(userId, ctx.origin.ip);
  return confirmed;
}

function on(): AppError {
  return new AppError("second_factor.on", "Two-factor sign-in is on already.");
}

export function off(): AppError {
  return new AppError("second_factor.off", "Two-factor sign-in is not on: there is nothing to confirm or to change.");
}
