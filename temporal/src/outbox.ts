// Decisions that the engine has not heard of, as it was away at the click: handed over in order, each once.
import type { Db, Prisma } from "@homeport/db/client";
import { isAppError } from "@homeport/domain/error";
import { type Decision, isActive } from "@homeport/domain/run/run-state";
import { noteRun } from "@homeport/records/note-run";
import type { Engine } from "./client";
import type { SweeperDeps } from "./sweeper";

/** The dashboard hands a decision over right after it wrote the row: older ones were not. */
const WAITING_FOR_MS = 2_000;
/** Runs that cannot be reached in one round, before the engine as a whole counts as away. */
const MOST_FAILURES = 3;

const select = {
  id: true,
  runId: true,
  requestKey: true,
  decision: true,
  step: true,
  attempt: true,
  run: { select: { state: true, cancelRequestedAt: true } },
} as const satisfies Prisma.RunDecisionSelect;
type Row = Prisma.RunDecisionGetPayload<{ select: typeof select }>;

/** Rejects when the engine is still away; the rest is tried again at the next round. One that no longer fits is settled with the reason. */
export async function deliverDecisions({ db, engine, log }: SweeperDeps): Promise<void> {
  const rows = await db.runDecision.findMany({
    where: { deliveredAt: null, createdAt: { lt: new Date(Date.now() - WAITING_FOR_MS) } },
    select,
    orderBy: { id: "asc" },
    take: 200,
  });
  const failures = new Map<string, unknown>();
  for (const row of rows) {
    // What was decided before it comes first.
    if (failures.has(row.runId)) continue;
    try {
      const refusal = await deliver(engine, row);
      await settle(db, row, refusal);
      log({ event: "decision-delivered", runId: row.runId, decision: row.decision, refusal });
    } catch (error) {
      failures.set(row.runId, error);
      if (failures.size >= MOST_FAILURES) break;
    }
  }
  for (const error of failures.values()) throw error;
}

/** Answers why the run does not take it, or null. */
async function deliver(
  engine: Engine,
  { runId, requestKey, decision, step, attempt, run }: Row,
): Promise<string | null> {
  if (!isActive(run.state))
    return decision === "cancel" && (run.state === "cancelled" || run.state === "undone") ? null : "The run had ended.";
  if (run.cancelRequestedAt !== null && decision !== "cancel") return "The run is being cancelled.";
  try {
    if (decision === "cancel") await engine.cancel(runId, requestKey);
    else if (decision === "pause" || decision === "resume") await engine.steer(runId, decision, requestKey);
    else {
      const word = decision as Decision; // run_decision_known leaves these three
      await engine.decide(
        runId,
        step === null || attempt === null ? word : { decision: word, step, attempt },
        requestKey,
      );
    }
    return null;
  } catch (error) {
    if (isAppError(error) && error.code === "conflict") return error.message;
    throw error;
  }
}

async function settle(db: Db, { id, runId }: Row, refusal: string | null): Promise<void> {
  await db.$transaction(async (transaction) => {
    // The run's row first, as everybody does: in another order two writers would wait for each other.
    await noteRun(transaction, runId);
    await transaction.runDecision.updateMany({
      where: { id, deliveredAt: null },
      data: { deliveredAt: new Date(), refusal },
    });
  });
}
