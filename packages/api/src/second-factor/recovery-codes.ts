// Recovery codes: shown once, kept as hashes, each used once.
import { randomBytes } from "node:crypto";
import { hashToken } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { RECOVERY_ALPHABET, RECOVERY_LENGTH } from "@homeport/domain/account/sign-in-code";

const COUNT = 10;

/** Ten new ones in the place of all that there are; as they are shown: ABCD-EFGH-IJKL-MNOP. */
export async function replaceRecoveryCodes(within: DbOrTransaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode);
  await within.recoveryCode.deleteMany({ where: { factor: { userId } } });
  await within.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashToken(code) })) });
  return codes.map((code) => (code.match(/.{4}/g) ?? []).join("-"));
}

/** Whether it was one that had not been used; now it is. */
export async function takeRecoveryCode(
  within: DbOrTransaction,
  { userId, code, at }: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const { count } = await within.recoveryCode.updateMany({
    where: { factor: { userId }, codeHash: hashToken(code), usedAt: null },
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
