// Token buckets in PostgreSQL: shared by all processes, and a restart refills none of them.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";

export interface Bucket {
  key: string;
  /** How many tries at once; also how many a rested bucket holds. */
  capacity: number;
  /** Seconds until one more try is allowed. */
  refillS: number;
}

/** Takes one token, or throws `too_many_requests` with the seconds to wait. One statement, so that parallel tries cannot share a token. */
export async function takeToken(db: DbOrTransaction, bucket: Bucket, now: Date): Promise<void> {
  const retryAfterS = await secondsToWait(db, bucket, now);
  if (retryAfterS === null) return;
  throw new AppError("tries.too_many", `Too many tries. Try again in ${durationText(retryAfterS)}.`, { retryAfterS });
}

/** As above; false where it throws. */
export async function hasToken(db: DbOrTransaction, bucket: Bucket, now: Date): Promise<boolean> {
  return (await secondsToWait(db, bucket, now)) === null;
}

/** Null: a token was taken. */
async function secondsToWait(db: DbOrTransaction, bucket: Bucket, now: Date): Promise<number | null> {
  const { key, capacity, refillS } = bucket;
  // A refused try changes nothing: the WHERE leaves the row as it is, and `taken` is empty.
  const [row] = await db.$queryRaw<{ ok: boolean; tokens: number | null }[]>`
    WITH taken AS (
      INSERT INTO "RateLimit" AS bucket ("key", "tokens", "refilledAt") VALUES (${key}, ${capacity}::float8 - 1, ${now})
      ON CONFLICT ("key") DO UPDATE SET
        "tokens" = LEAST(${capacity}::float8, bucket."tokens" + GREATEST(0, extract(epoch FROM ${now}::timestamptz - bucket."refilledAt")) / ${refillS}::float8) - 1,
        "refilledAt" = GREATEST(bucket."refilledAt", ${now}::timestamptz)
      WHERE LEAST(${capacity}::float8, bucket."tokens" + GREATEST(0, extract(epoch FROM ${now}::timestamptz - bucket."refilledAt")) / ${refillS}::float8) >= 1
      RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM taken) AS ok,
      (SELECT bucket."tokens" + GREATEST(0, extract(epoch FROM ${now}::timestamptz - bucket."refilledAt")) / ${refillS}::float8
         FROM "RateLimit" AS bucket WHERE bucket."key" = ${key}) AS tokens`;
  if (row?.ok) return null;
  const missing = 1 - Math.min(1, Math.max(0, row?.tokens ?? 0));
  return Math.max(1, Math.ceil(missing * refillS));
}

/** A try that turned out to be honest is not counted. */
export async function refillBucket(db: Db, key: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key } });
}

function durationText(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
