// What is tidied up for the whole installation, as activities: each is many small pages, may be ended between any two, and may run twice.
import { Context } from "@temporalio/activity";
import type { Db } from "@homeport/db/client";
import { checkAuditLog } from "./audit-check";
import { dropDrafts } from "./drafts";
import { dropOldAnswers, dropOldLogs } from "./retention";

export interface HousekeepingDeps {
  db: Db;
  /** The worker's log. */
  log: (entry: { event: string; [key: string]: unknown }) => void;
  /** How long the logs of a run are kept after its end; 0: for ever. */
  logDays: number;
}

export const housekeepingRecords = ({ db, log, logDays }: HousekeepingDeps) => ({
  /** `nextInMs`: until the next draft ends; null: there is none. By this worker's clock, which the workflow need not share. */
  async dropDrafts(): Promise<{ nextInMs: number | null }> {
    const { dropped, nextInMs } = await dropDrafts(db, { now: new Date(), beat });
    if (dropped > 0) log({ event: "node-drafts-dropped", count: dropped });
    return { nextInMs };
  },

  async dropOldAnswers(): Promise<void> {
    await dropOldAnswers(db, { now: new Date(), beat });
  },

  async dropOldLogs(): Promise<void> {
    const dropped = await dropOldLogs(db, { now: new Date(), days: logDays, beat });
    if (dropped.runs > 0) log({ event: "logs-dropped", ...dropped });
  },

  async checkAuditLog(): Promise<void> {
    await checkAuditLog({ db, log, now: new Date(), beat });
  },
});

/** Between two pages: this worker still works on it. Throws when it is not to. What it has come to is read from the rows, not from here. */
function beat(): void {
  const context = Context.current();
  context.cancellationSignal.throwIfAborted();
  context.heartbeat();
}
