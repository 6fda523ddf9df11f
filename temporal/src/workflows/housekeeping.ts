// Tidies up for the whole installation: nodes that nobody saved, old logs and answers, and whether the audit log is what was written.
// One round, then it begins anew: its history holds one round, and a changed round has nothing of before to replay for long.
import { continueAsNew, log, sleep } from "@temporalio/workflow";
import { keepingHouse } from "./activities";
import { requireSealed } from "./sealed";

const HOUR_MS = 3_600_000;
/** As long as a draft lives at least (DRAFT_MS of packages/api): each is seen by a round before it ends, and dropped when it does. */
const ROUND_MS = HOUR_MS / 2;
/** However many drafts end one after the other. */
const SOONEST_MS = 30_000;

/** `hourlyAtMs`: what is done every hour is not done before, in ms since 1970; absent: now. */
export async function housekeeping(input: { hourlyAtMs?: number }): Promise<void> {
  requireSealed(input);
  let { hourlyAtMs = 0 } = input;
  const drafts = await keepingHouse().dropDrafts().catch(missed("drafts"));
  // All from here on, however long the rest of the round takes.
  const beganMs = Date.now();
  if (beganMs >= hourlyAtMs) {
    hourlyAtMs = beganMs + HOUR_MS;
    await keepingHouse().dropOldAnswers().catch(missed("answers"));
    await keepingHouse().dropOldLogs().catch(missed("logs"));
    await keepingHouse().checkAuditLog().catch(missed("the audit log"));
  }
  const nextMs = Math.min(beganMs + Math.min(drafts?.nextInMs ?? ROUND_MS, ROUND_MS), hourlyAtMs);
  await sleep(Math.max(nextMs - Date.now(), SOONEST_MS));
  await continueAsNew<typeof housekeeping>({ hourlyAtMs });
}

/** What fails is done in a later round, and keeps nothing else from being done. */
const missed =
  (what: string) =>
  (failure: unknown): undefined => {
    log.warn("a part of the housekeeping failed", { what, failure });
    return undefined;
  };
