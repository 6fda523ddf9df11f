// The queue before a node: who holds a slot there and who waits for one. It is only changed while its lock is held, by any worker.
import type { DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { inQueue, machineColumns, machineOf, nextGranted, slotLimit } from "@homeport/domain/run/slot-queue";
import { showPlaces } from "@homeport/records/run-places";

export interface Queue {
  /** The rows of one machine: two people may have added the same one. */
  nodeIds: string[];
  pool: string;
  limit: number;
}

/** A run whose slot was granted, to be signalled. */
export interface Called {
  runId: string;
  step: string;
}

/**
 * Locks the queue until the transaction ends. A machine is known by its pinned certificate and its name in Proxmox; where two people
 * set different limits the lower one counts.
 */
export async function lockQueue(
  within: DbOrTransaction,
  { nodeId, pool }: { nodeId: string; pool: string },
): Promise<Queue> {
  const node = await within.proxmoxNode.findUniqueOrThrow({
    where: { id: nodeId },
    select: machineColumns,
  });
  const machine = machineOf(node);
  await within.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`turn ${JSON.stringify(machine)} ${pool}`}, 0))`;
  const rows = await within.proxmoxNode.findMany({
    where: { ...machine, ...savedNode },
    select: { id: true, createsAtOnce: true, tasksAtOnce: true },
  });
  return { nodeIds: rows.map(({ id }) => id), pool, limit: Math.min(...rows.map((row) => slotLimit(pool, row))) };
}

export async function readQueue(within: DbOrTransaction, { nodeIds, pool }: Pick<Queue, "nodeIds" | "pool">) {
  const rows = await within.slotRequest.findMany({
    where: { nodeId: { in: nodeIds }, pool },
    select: {
      id: true,
      runId: true,
      step: true,
      userId: true,
      round: true,
      askedAt: true,
      grantedAt: true,
      node: { select: { name: true } },
    },
  });
  return rows.map(({ grantedAt, ...row }) => ({ ...row, granted: grantedAt !== null }));
}

/**
 * Lets in as many as the limit allows, and writes the new place of those who wait: one UPDATE of their runs. Answers whose slot was granted,
 * other than `asking`, who is here already.
 */
export async function settleQueue(within: DbOrTransaction, queue: Queue, asking?: string): Promise<Called[]> {
  const entries = await readQueue(within, queue);
  const next = nextGranted(entries, queue.limit);
  const ids = new Set(next.map(({ id }) => id));
  if (next.length > 0)
    await within.slotRequest.updateMany({ where: { id: { in: [...ids] } }, data: { grantedAt: new Date() } });
  const called = next.filter(({ runId }) => runId !== asking);
  const placeOf = ({ runId, node }: (typeof entries)[number], position: number) => {
    const { pool, limit } = queue;
    return { runId, waitingFor: { on: "slot", node: node.name, pool, position, limit } as const };
  };
  await showPlaces(within, [
    ...called.map((entry) => placeOf(entry, 0)),
    ...inQueue(entries)
      .filter(({ id }) => !ids.has(id))
      .map((entry, index) => placeOf(entry, index + 1)),
  ]);
  return called.map(({ runId, step }) => ({ runId, step }));
}
