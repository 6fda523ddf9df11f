// What is tidied up for the whole installation, as activities: each is many small pages, may be ended between any two, and may run twice.
import { Context } from "@temporalio/activity";
import type { Db } from "@homeport/db/client";
import { beating } from "../../beating";
import { checkAuditLog, type AuditHeads } from "./audit-check";
import { dropDrafts } from "./drafts";
import { dropOldAnswers, dropOldLogs, dropOldMails } from "./retention";

export interface HousekeepingDeps {
  db: Db;
  /** The worker's log. */
  log: (entry: { event: string; [key: string]: unknown }) => void;
  /** How long the logs of a run are kept after its end; 0: for ever. */
  logDays: number;
  heads: AuditHeads;
}

export const housekeepingRecords = ({ db, log, logDays, heads }: HousekeepingDeps) => ({
  /** `nextInMs`: until the next draft ends; null: there is none. By this worker's clock, which the workflow need not share. */
  async dropDrafts(): Promise<{ nextInMs: number | null }> {
    const { dropped, nextInMs } = await beating(() => dropDrafts(db, { now: new Date(), mayGoOn }));
    if (dropped > 0) log({ event: "node-drafts-dropped", count: dropped });
    return { nextInMs };
  },

  /** And old mails: an activity of their own would be another branch of every history. */
  async dropOldAnswers(): Promise<void> {
    await beating(async () => {
      await dropOldAnswers(db, { now: new Date(), mayGoOn });
      await dropOldMails(db, { now: new Date(), mayGoOn });
    });
  },

  async dropOldLogs(): Promise<void> {
    const dropped = await beating(() => dropOldLogs(db, { now: new Date(), days: logDays, mayGoOn }));
    if (dropped.runs > 0) log({ event: "logs-dropped", ...dropped });
  },

  async checkAuditLog(): Promise<void> {
    await beating(() => checkAuditLog({ db, heads, log, now: new Date(), mayGoOn }));
  },
});

/** Between two pages: throws when this worker is not to work on it any more. How far it has come is read from the rows. */
function mayGoOn(): void {
  Context.current().cancellationSignal.throwIfAborted();
}
