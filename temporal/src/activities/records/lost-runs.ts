// Runs that are under way here and not in Temporal: what became of each is written down.
import type { Db } from "@homeport/db/client";
import { isActive } from "@homeport/domain/run/run-state";
import { containerIdOf, containerOf } from "@homeport/domain/run/run-subject";
import { recordEvent } from "@homeport/records/record-event";
import { loseWorkflow } from "@homeport/records/run-troubles";
import { type FoundOf, recordMended, recordOrphan } from "./orphans";

/** A run was begun anew and finds what it did before. For the record. */
export async function recordReadopted(db: Db, runId: string, why: "lost" | "cancelled_stuck"): Promise<void> {
  await db.$transaction(async (transaction) => {
    const found = await lostRun(transaction, runId);
    if (found === undefined) return;
    await recordMended(transaction, found, { resolution: "begun_anew", now: new Date() });
    await recordEvent(transaction, found.containerId, { type: "run.readopted", runId, why });
  });
}

/** Somebody ended its workflow in Temporal: a person says whether it goes on. Its row says so meanwhile. */
export async function recordEnded(db: Db, runId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    const found = await lostRun(transaction, runId);
    if (found === undefined) return;
    await loseWorkflow(transaction, runId);
    await recordOrphan(transaction, found, new Date());
  });
}

type Transaction = Parameters<typeof recordOrphan>[0];

async function lostRun(
  transaction: Transaction,
  runId: string,
): Promise<(FoundOf & { containerId: string }) | undefined> {
  const run = await transaction.run.findUnique({
    where: { id: runId },
    select: {
      kind: true,
      state: true,
      waitingFor: true,
      containerId: true,
      nodeId: true,
      node: { select: { userId: true } },
      container: { select: { hostname: true, vmid: true } },
    },
  });
  if (run === null || !isActive(run.state)) return undefined;
  const { kind, state, nodeId, node } = run;
  const container = containerOf(run);
  return {
    kind: "run_without_workflow",
    subject: `run:${runId}`,
    userId: node.userId,
    nodeId,
    containerId: containerIdOf(run),
    runId,
    ...(container.vmid === null ? {} : { vmid: container.vmid }),
    facts: { hostname: container.hostname, run: { kind, state } },
  };
}
