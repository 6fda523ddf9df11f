// Setting an authenticator app up: a secret for it, which counts from the first code that is right; and recovery codes, shown once.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { readSignInCode } from "@homeport/domain/account/sign-in-code";
import { AppError } from "@homeport/domain/error";
import { demoEmail } from "../auth/demo";
import type { InPersonContext } from "../context";
import { postNews } from "./post-news";
import { replaceRecoveryCodes } from "./recovery-codes";
import { wrong } from "./require-code";
import { appUri, newSecret, stepOf } from "./totp";

/** A new secret in the place of one that was never confirmed. */
export async function beginSecondFactor(ctx: InPersonContext): Promise<{ secret: string; uri: string }> {
  const { vault, userId, person, clock, audit } = ctx;
  if (person.email.toLowerCase() === (await demoEmail(ctx.config))?.toLowerCase())
    throw new AppError(
      "address.demo",
      "This is the demo person, whom `npm start` signs in by a link that asks for no code: sign up with an account of your own instead.",
    );
  const secret = newSecret();
  await changing(ctx, async (transaction) => {
    if (await isOn(transaction, userId)) throw on();
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
  const { auth, vault, userId, person, clock, audit } = ctx;
  await auth.limitCodes(userId, ctx.origin.ip);
  const confirmed = await changing(ctx, async (transaction) => {
    const factor = await transaction.secondFactor.findUnique({ where: { userId } });
    if (factor === null) throw off();
    if (factor.confirmedAt !== null) throw on();
    const secret = vault.open({ table: "SecondFactor", row: userId, column: "secret" }, factor.secret);
    const typed = readSignInCode(code);
    const at = clock();
    const step = typed?.kind === "app" ? stepOf({ secret, code: typed.code, at, after: 0 }) : null;
    if (step === null) throw wrong();
    await transaction.secondFactor.update({
      where: { userId },
      data: { confirmedAt: at, lastStep: step },
      select: { userId: true },
    });
    const recoveryCodes = await replaceRecoveryCodes(transaction, userId);
    await postNews(ctx, transaction, { person, kind: "second_factor_on" });
    await audit(transaction, {
      action: "account.confirm_second_factor",
      target: { type: "account", id: userId, name: person.name },
    });
    return { recoveryCodes };
  });
  await auth.refillCodes(userId, ctx.origin.ip);
  return confirmed;
}

/** Behind the account's lock, by a session that is still there: what a new password ended sets nothing up any more. */
export async function changing<T>(
  { db, auth, userId, signedIn }: InPersonContext,
  change: (transaction: DbOrTransaction) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (transaction) => {
    await lockAccount(transaction, userId);
    await auth.requireSession(transaction, signedIn.session.id);
    return change(transaction);
  });
}

async function isOn(transaction: DbOrTransaction, userId: string): Promise<boolean> {
  const where = { userId, confirmedAt: { not: null } };
  return (await transaction.secondFactor.findUnique({ where, select: { userId: true } })) !== null;
}

function on(): AppError {
  return new AppError("second_factor.on", "Two-factor sign-in is on already.");
}

export function off(): AppError {
  return new AppError("second_factor.off", "Two-factor sign-in is not on: there is nothing to confirm or to change.");
}
