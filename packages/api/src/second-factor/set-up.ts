// Setting an authenticator app up: a secret for it, which counts from the first code that is right; and recovery codes, shown once.
import { readSignInCode } from "@homeport/domain/account/sign-in-code";
import { AppError } from "@homeport/domain/error";
import { inOwnAccount } from "../access/own-account";
import { hasFactor } from "../access/required-factor";
import { demoEmail } from "../auth/demo";
import type { InPersonContext } from "../context";
import { postNews } from "./post-news";
import { replaceRecoveryCodes } from "./recovery-codes";
import { takeAppCode, wrong } from "./require-code";
import { appUri, newSecret } from "./totp";

/** A new secret in the place of one that was never confirmed. */
export async function beginSecondFactor(ctx: InPersonContext): Promise<{ secret: string; uri: string }> {
  const { vault, userId, person, clock, audit } = ctx;
  if (person.email.toLowerCase() === (await demoEmail(ctx.config))?.toLowerCase())
    throw new AppError(
      "address.demo",
      "This is the demo person, whom `npm start` signs in by a link that asks for no code: sign up with an account of your own instead.",
    );
  const secret = newSecret();
  await inOwnAccount(ctx, async (transaction) => {
    if (await hasFactor(transaction, userId)) throw on();
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

export async function confirmSecondFactor(ctx: InPersonContext, code: string): Promise<{ recoveryCodes: string[] }> {
  const { auth, userId, person, clock, audit, signedIn } = ctx;
  await auth.limitCodes(userId, ctx.origin.ip);
  const confirmed = await inOwnAccount(ctx, async (transaction) => {
    const factor = await transaction.secondFactor.findUnique({ where: { userId } });
    if (factor === null) throw off();
    if (factor.confirmedAt !== null) throw on();
    const typed = readSignInCode(code);
    if (typed?.kind !== "app") throw wrong();
    await takeAppCode(ctx, transaction, { factor, code: typed.code });
    await transaction.secondFactor.update({
      where: { userId },
      data: { confirmedAt: clock() },
      select: { userId: true },
    });
    const recoveryCodes = await replaceRecoveryCodes(transaction, userId);
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
