// Logs and the answers to keyed requests are kept for a while, everything else of a run for ever: removes what is too old.
import type { Db } from "@homeport/db/client";
import { noteLogsDropped } from "@homeport/records/note-run";

export interface Retention {
  now: Date;
  /** Logs of runs that ended before so many days are removed; 0: they are kept. */
  days: number;
  /** Rows removed in one statement: the table stays usable meanwhile. */
  batch?: number;
}

const DAY_MS = 86_400_000;
const RUNS_AT_ONCE = 100;

/**
 * Removes the rows of RunLog and says so on the run (`logsDroppedAt`), also on one that printed nothing: it is not looked at again.
 * May be ended at any point and run by several workers at once: what is left is removed by the next call.
 */
export async function dropOldLogs(
  db: Db,
  { now, days, batch = 5_000 }: Retention,
): Promise<{ runs: number; pieces: number }> {
  let [runs, pieces] = [0, 0];
  if (days <= 0) return { runs, pieces };
  const before = new Date(now.getTime() - days * DAY_MS);
  for (;;) {
    const old = await db.run.findMany({
      where: { endedAt: { lt: before }, logsDroppedAt: null },
      select: { id: true },
      orderBy: { endedAt: "asc" },
      take: RUNS_AT_ONCE,
    });
    for (const { id } of old) {
      pieces += await dropLogs(db, id, batch);
      if (await noteLogsDropped(db, id, now)) runs += 1;
    }
    if (old.length < RUNS_AT_ONCE) return { runs, pieces };
  }
}

async function dropLogs(db: Db, runId: string, batch: number): Promise<number> {
  for (let dropped = 0; ;) {
    const count =
      await db.$executeRaw`DELETE FROM "RunLog" WHERE "id" IN (SELECT "id" FROM "RunLog" WHERE "runId" = ${runId}::uuid ORDER BY "id" LIMIT ${batch})`;
    dropped += count;
    if (count < batch) return dropped;
  }
}

/** Far longer than any page sends a request again; the unique keys of runs and batches outlive it. */
const ANSWER_DAYS = 30;

/** Removes the answers that were kept for requests sent again (IdempotencyKey), so many in one statement. */
export async function dropOldAnswers(db: Db, { now, batch = 5_000 }: Omit<Retention, "days">): Promise<number> {
  const before = new Date(now.getTime() - ANSWER_DAYS * DAY_MS);
  for (let dropped = 0; ;) {
    const count = await db.$executeRaw`DELETE FROM "IdempotencyKey" WHERE ("userId", "key") IN
      (SELECT "userId", "key" FROM "IdempotencyKey" WHERE "createdAt" < ${before} LIMIT ${batch})`;
    dropped += count;
    if (count < batch) return dropped;
  }
}
