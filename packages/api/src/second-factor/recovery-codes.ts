// Recovery codes: shown once, kept as hashes, each used once. They are the account's, whether it has an app, passkeys or both.
import { randomBytes } from "node:crypto";
import { hashToken } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { RECOVERY_ALPHABET, RECOVERY_LENGTH } from "@homeport/domain/account/sign-in-code";
import type { InPersonContext } from "../context";
import { postNews } from "./post-news";

const COUNT = 10;

/** Ten new ones in the place of all that there are; as they are shown: ABCD-EFGH-IJKL-MNOP. */
async function replaceRecoveryCodes(within: DbOrTransaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await within.recoveryCode.deleteMany({ where: { user: { id: userId } } });
  await within.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashToken(code) })) });
  return codes.map((code) => (code.match(/.{4}/g) ?? []).join("-"));
}

/** As somebody asked for: they are mailed that there are new ones. */
export async function renewCodes(ctx: InPersonContext, within: DbOrTransaction): Promise<{ recoveryCodes: string[] }> {
  await postNews(ctx, within, { person: ctx.person, kind: "recovery_codes_made" });
  return { recoveryCodes: await replaceRecoveryCodes(within, ctx.userId) };
}

/** With a factor that is new: ten, unless some are left of those that came with another one. */
export async function giveRecoveryCodes(within: DbOrTransaction, userId: string): Promise<string[]> {
  const left = await within.recoveryCode.count({ where: { user: { id: userId }, usedAt: null } });
  return left > 0 ? [] : replaceRecoveryCodes(within, userId);
}

/** Whether it was one that had not been used; now it is. */
export async function takeRecoveryCode(
  within: DbOrTransaction,
  { userId, code, at }: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const { count } = await within.recoveryCode.updateMany({
    where: { user: { id: userId }, codeHash: hashToken(code), usedAt: null },
    data: { usedAt: at },
  });
  return count === 1;
}

/** 256 is a multiple of 32: every letter is as likely as any other. */
function newCode(): string {
  return [...randomBytes(RECOVERY_LENGTH)]
    .map((byte) => RECOVERY_ALPHABET.charAt(byte % RECOVERY_ALPHABET.length))
    .join("");
}
