// Logs and the answers to keyed requests are kept for a while, everything else of a run for ever: removes what is too old.
import type { Db } from "@homeport/db/client";
import { noteLogsDropped } from "@homeport/records/note-run";
import { everyRow } from "../../../every-row";

export interface Retention {
  now: Date;
  /** Logs of runs that ended before so many days are removed; 0: they are kept. */
  days: number;
  /** Rows removed in one statement: the table stays usable meanwhile. */
  batch?: number;
  /** Runs read at once. */
  page?: number;
  /** Called before every statement; throws to end it there. */
  mayGoOn?: () => void;
}

const DAY_MS = 86_400_000;
const BATCH = 5_000;

/**
 * Removes the rows of RunLog and says so on the run (`logsDroppedAt`), also on one that printed nothing: it is not looked at again.
 * May be ended at any point and run by several workers at once: what is left is removed by the next call.
 */
export async function dropOldLogs(
  db: Db,
  { now, days, batch = BATCH, page, mayGoOn }: Retention,
): Promise<{ runs: number; pieces: number }> {
  let [runs, pieces] = [0, 0];
  if (days <= 0) return { runs, pieces };
  const old = { endedAt: { lt: new Date(now.getTime() - days * DAY_MS) }, logsDroppedAt: null };
  await everyRow(
    ({ after, take }) => {
      mayGoOn?.();
      return db.run.findMany({ where: { ...old, ...after }, select: { id: true }, orderBy: { id: "asc" }, take });
    },
    async ({ id }) => {
      pieces += await inBatches(
        (limit) =>
          db.$executeRaw`DELETE FROM "RunLog" WHERE "id" IN (SELECT "id" FROM "RunLog" WHERE "runId" = ${id}::uuid ORDER BY "id" LIMIT ${limit})`,
        { batch, mayGoOn },
      );
      if (await noteLogsDropped(db, id, now)) runs += 1;
    },
    page,
  );
  return { runs, pieces };
}

/** Far longer than any page sends a request again; the unique keys of runs and batches outlive it. */
const ANSWER_DAYS = 30;

/** Removes the answers that were kept for requests sent again (IdempotencyKey), so many in one statement. */
export function dropOldAnswers(
  db: Db,
  { now, batch = BATCH, mayGoOn }: Pick<Retention, "now" | "batch" | "mayGoOn">,
): Promise<number> {
  const before = new Date(now.getTime() - ANSWER_DAYS * DAY_MS);
  return inBatches(
    (limit) => db.$executeRaw`DELETE FROM "IdempotencyKey" WHERE ("userId", "key") IN
      (SELECT "userId", "key" FROM "IdempotencyKey" WHERE "createdAt" < ${before} LIMIT ${limit})`,
    { batch, mayGoOn },
  );
}

/** Removes the text of mails whose link has ended; mails, and links that were mailed, as long after their end as answers. */
export async function dropOldMails(
  db: Db,
  { now, batch = BATCH, mayGoOn }: Pick<Retention, "now" | "batch" | "mayGoOn">,
): Promise<void> {
  const before = new Date(now.getTime() - ANSWER_DAYS * DAY_MS);
  for (const remove of [
    // One that is still to be sent is given up with it: there may be no mail server any more that anybody tries.
    (limit: number) => db.$executeRaw`UPDATE "Mail" SET "content" = NULL, "settledAt" = COALESCE("settledAt", ${now}),
      "failure" = CASE WHEN "state" = 'queued' THEN 'lapsed' ELSE "failure" END, "state" = CASE WHEN "state" = 'queued' THEN 'dead' ELSE "state" END
      WHERE "id" IN (SELECT "id" FROM "Mail" WHERE "content" IS NOT NULL AND "lapsesAt" <= ${now} LIMIT ${limit})`,
    (limit: number) => db.$executeRaw`DELETE FROM "Mail" WHERE "id" IN
      (SELECT "id" FROM "Mail" WHERE "settledAt" < ${before} AND "lapsesAt" < ${before} LIMIT ${limit})`,
    (limit: number) => db.$executeRaw`DELETE FROM "EmailVerificationToken" WHERE "id" IN
      (SELECT "id" FROM "EmailVerificationToken" WHERE "expiresAt" < ${before} LIMIT ${limit})`,
    (limit: number) => db.$executeRaw`DELETE FROM "PasswordResetToken" WHERE "id" IN
      (SELECT "id" FROM "PasswordResetToken" WHERE "expiresAt" < ${before} LIMIT ${limit})`,
  ])
    await inBatches(remove, { batch, mayGoOn });
}

/** Until a statement finds less than it may remove. Answers how many rows went. */
async function inBatches(
  remove: (limit: number) => Promise<number>,
  { batch, mayGoOn }: { batch: number; mayGoOn: (() => void) | undefined },
): Promise<number> {
  for (let removed = 0; ;) {
    mayGoOn?.();
    const count = await remove(batch);
    removed += count;
    if (count < batch) return removed;
  }
}
