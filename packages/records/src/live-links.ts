// Which links of mails are still worth something: what they are for has not ended, was not used, and nothing took its place.
import type { DbOrTransaction } from "@homeport/db/client";

/** Of these hashes of tokens. An invitation that was renewed has another one. */
export async function liveLinks(
  db: DbOrTransaction,
  { hashes, now }: { hashes: readonly string[]; now: Date },
): Promise<ReadonlySet<string>> {
  const open = { tokenHash: { in: [...hashes] }, expiresAt: { gt: now } };
  const select = { tokenHash: true };
  const active = { usedAt: null, user: { status: "ACTIVE" } } as const;
  // One after the other: it may be a transaction, which has one connection.
  const found = [
    ...(await db.emailVerificationToken.findMany({ where: { ...open, ...active }, select })),
    ...(await db.passwordResetToken.findMany({ where: { ...open, ...active }, select })),
    ...(await db.invitation.findMany({
      where: { ...open, acceptedAt: null, revokedAt: null, invitedBy: { status: "ACTIVE" } },
      select,
    })),
  ];
  return new Set(found.map(({ tokenHash }) => tokenHash));
}
