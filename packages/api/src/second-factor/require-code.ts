// What is asked for besides the password: a code where the account has an authenticator app or passkeys, used up by whoever gives it. Who has a
// passkey at hand needs no password: it signs in by itself (passkeys/sign-in).
import type { DbOrTransaction } from "@homeport/db/client";
import { readSignInCode } from "@homeport/domain/account/sign-in-code";
import { AppError } from "@homeport/domain/error";
import type { Deps } from "../deps";
import { passkeyPlace } from "../passkeys/place";
import { takeRecoveryCode } from "./recovery-codes";
import { stepOf } from "./totp";

interface Given {
  userId: string;
  /** As it was typed. */
  code: string | undefined;
}

/** Before a code is looked at: guessing those of an app is limited. A recovery code cannot be guessed, and gets in whoever is kept out by another's guesses. */
export async function limitCode(
  { auth, origin }: Pick<Deps, "auth"> & { origin: { ip: string } },
  { userId, code }: Given,
): Promise<void> {
  if (readSignInCode(code ?? "")?.kind === "app") await auth.limitCodes(userId, origin.ip);
}

/**
 * In a transaction that holds the account's lock, so that no code counts twice. Answers what was given: null where the account asks for none. Throws
 * "sign_in.code_needed" or "sign_in.passkey_needed" without one, "second_factor.wrong" for one that does not count.
 */
export async function requireCode(
  ctx: Pick<Deps, "vault" | "clock" | "config">,
  transaction: DbOrTransaction,
  { userId, code }: Given,
): Promise<"app" | "recovery" | null> {
  const set = await transaction.secondFactor.findUnique({ where: { userId } });
  const app = set?.confirmedAt === null ? null : set;
  const passkeys = await transaction.passkey.findMany({ where: { user: { id: userId } }, select: { rpId: true } });
  if (app === null && passkeys.length === 0) return null;
  const typed = readSignInCode(code ?? "");
  if (typed === null)
    throw app === null
      ? passkeyNeeded(ctx, [...new Set(passkeys.map(({ rpId }) => rpId))])
      : new AppError("sign_in.code_needed", "Type the code that your authenticator app shows, or a recovery code.");
  if (typed.kind === "recovery") {
    if (!(await takeRecoveryCode(transaction, { userId, code: typed.code, at: ctx.clock() })))
      throw app === null ? wrongRecovery() : wrong();
    return "recovery";
  }
  if (app === null) throw wrongRecovery();
  await takeAppCode(ctx, transaction, { factor: app, code: typed.code });
  return "app";
}

/** `names`: the addresses that the account's passkeys are for. */
function passkeyNeeded({ config }: Pick<Deps, "config">, names: readonly string[]): AppError {
  const place = passkeyPlace(config.publicUrl);
  return new AppError(
    "sign_in.passkey_needed",
    "rpId" in place && names.includes(place.rpId)
      ? "The password is right, and this account asks for a passkey too: sign in with it, or type a recovery code."
      : `The password is right, and this account asks for a passkey too. Its passkeys are for ${names.join(" and ")}: sign in there, or type a recovery code.`,
  );
}

/** Whether the factor counts yet or not. `code`: six digits. Throws "second_factor.wrong". */
export async function takeAppCode(
  { vault, clock }: Pick<Deps, "vault" | "clock">,
  transaction: DbOrTransaction,
  {
    factor: { userId, secret: sealed, lastStep: after },
    code,
  }: { factor: { userId: string; secret: string; lastStep: number }; code: string },
): Promise<void> {
  const secret = vault.open({ table: "SecondFactor", row: userId, column: "secret" }, sealed);
  const step = stepOf({ secret, code, at: clock(), after });
  if (step === null) throw wrong();
  await transaction.secondFactor.update({ where: { userId }, data: { lastStep: step }, select: { userId: true } });
}

/** Of who has no app. */
function wrongRecovery(): AppError {
  const why = "This code does not count: it is none of your recovery codes, or was used already.";
  return new AppError("second_factor.wrong", why, { fields: { code: why } });
}

export function wrong(): AppError {
  const why =
    "This code does not count: it is another one, was used already, or the clock of your device is wrong. Wait for the next, or use a recovery code.";
  return new AppError("second_factor.wrong", why, { fields: { code: why } });
}
