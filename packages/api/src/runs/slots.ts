// Where a run stands in the queue for its node.
import type { DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { inQueue, machineColumns, machineOf, slotLimit } from "@homeport/domain/run/slot-queue";
import type { SlotView } from "./view";

/** Null when it waits for no slot: it has one, or needs none. */
export async function readSlot(db: DbOrTransaction, runId: string): Promise<SlotView | null> {
  const own = await db.slotRequest.findFirst({
    where: { runId, grantedAt: null },
    select: { id: true, pool: true, node: { select: machineColumns } },
  });
  if (own === null) return null;
  const { pool } = own;
  const machine = machineOf(own.node);
  const [rows, nodes] = await Promise.all([
    db.slotRequest.findMany({
      where: { pool, grantedAt: null, node: machine },
      select: { id: true, userId: true, round: true, askedAt: true },
    }),
    db.proxmoxNode.findMany({
      where: { ...machine, ...savedNode },
      select: { createsAtOnce: true, tasksAtOnce: true },
    }),
  ]);
  const ahead = inQueue(rows.map((row) => ({ ...row, granted: false }))).findIndex(({ id }) => id === own.id);
  // Its slot came between the two looks.
  if (ahead < 0) return null;
  return { pool, position: ahead + 1, ahead, limit: Math.min(...nodes.map((node) => slotLimit(pool, node))) };
}
