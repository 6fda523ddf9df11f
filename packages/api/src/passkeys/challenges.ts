// What a passkey is to sign in a session: made here, known by its hash, good for a few minutes and for one answer.
import { hashToken, newToken, sessionEnded } from "@homeport/auth";
import type { Db } from "@homeport/db/client";
import { isKnownError } from "@homeport/db/known-error";
import type { PasskeyPurpose } from "@homeport/db/types";

export const CHALLENGE_MS = 5 * 60_000;
/** The oldest make place. */
const MOST_OF_SESSION = 5;

/** `sessionId`: in which it is answered. */
export interface Asked {
  purpose: Exclude<PasskeyPurpose, "sign_in">;
  sessionId: string;
}

/** 256 random bits. Those that have ended go with it, and of too many the oldest. */
export async function newChallenge(db: Db, { purpose, sessionId }: Asked, now: Date): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = newToken();
  const row = { hash: hashToken(challenge), purpose, sessionId, createdAt: now };
  const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
  await db.passkeyChallenge.create({ data: { ...row, expiresAt }, select: { hash: true } }).catch((error: unknown) => {
    // The session is not there any more.
    throw isKnownError(error, "P2003") ? sessionEnded() : error;
  });
  await deleteEnded(db, now);
  // What stays is not locked: no answer waits for somebody who only asks.
  await db.$executeRaw`DELETE FROM "PasskeyChallenge" WHERE "hash" IN (SELECT "hash" FROM "PasskeyChallenge" WHERE "hash" IN
    (SELECT "hash" FROM "PasskeyChallenge" WHERE "sessionId" = ${sessionId} ORDER BY "expiresAt" DESC, "hash" OFFSET ${MOST_OF_SESSION}::int)
    FOR UPDATE SKIP LOCKED)`;
  return new Uint8Array(Buffer.from(challenge, "base64url"));
}

/** What somebody else is deleting is left to them. */
export async function deleteEnded(db: Db, now: Date): Promise<void> {
  await db.$executeRaw`DELETE FROM "PasskeyChallenge" WHERE "hash" IN
    (SELECT "hash" FROM "PasskeyChallenge" WHERE "expiresAt" <= ${now} FOR UPDATE SKIP LOCKED)`;
}

/** Whether it was open; now it is not, whatever becomes of the answer: of two that come at once one has it. */
export async function takeChallenge(
  db: Db,
  challenge: string,
  { purpose, sessionId, now }: Asked & { now: Date },
): Promise<boolean> {
  const { count } = await db.passkeyChallenge.deleteMany({
    where: { hash: hashToken(challenge), purpose, sessionId, expiresAt: { gt: now } },
  });
  return count === 1;
}
