// Runs that are under way here and not in Temporal: what became of each is written down.
import type { Db } from "@homeport/db/client";
import { isActive } from "@homeport/domain/run/run-state";
import { loseWorkflow } from "@homeport/records/run-troubles";
import { type FoundOf, recordMended, recordOrphan } from "./orphans";

const LOST = "Temporal had lost its run. It was begun anew, and finds what it did before.";
export const CANCELLED_STUCK =
  "The engine could not go on with its run, which was cancelled: it was begun anew, and finds what it did before.";

/** A run was begun anew and finds what it did before, as Temporal's data was lost or for another reason. For the record. */
export async function recordReadopted(db: Db, runId: string, message = LOST): Promise<void> {
  await db.$transaction(async (transaction) => {
    const found = await lostRun(transaction, runId);
    if (found === undefined) return;
    await recordMended(transaction, found, { resolution: "begun_anew", now: new Date() });
    await transaction.containerEvent.create({
      data: { containerId: found.containerId, type: "run.readopted", message, metadata: { runId } },
      select: { id: true },
    });
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
  const { kind, state, containerId, nodeId, node, container } = run;
  return {
    kind: "run_without_workflow",
    subject: `run:${runId}`,
    userId: node.userId,
    nodeId,
    containerId,
    runId,
    ...(container.vmid === null ? {} : { vmid: container.vmid }),
    facts: { hostname: container.hostname, run: { kind, state } },
  };
}
