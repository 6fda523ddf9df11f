// Where a run stands in the line for its node.
import type { DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { inLine, machineOf, turnLimit } from "@homeport/domain/run/turn";
import type { TurnView } from "./view";

/** Null when it waits for no turn: it has one, or needs none. */
export async function readTurn(db: DbOrTransaction, runId: string): Promise<TurnView | null> {
  const own = await db.turn.findFirst({
    where: { runId, grantedAt: null },
    select: { id: true, pool: true, node: { select: { id: true, tlsFingerprint: true, pveName: true } } },
  });
  if (own === null) return null;
  const { pool } = own;
  const machine = machineOf(own.node);
  const [rows, nodes] = await Promise.all([
    db.turn.findMany({
      where: { pool, grantedAt: null, node: machine },
      select: { id: true, userId: true, round: true, askedAt: true },
    }),
    db.proxmoxNode.findMany({
      where: { ...machine, ...savedNode },
      select: { createsAtOnce: true, tasksAtOnce: true },
    }),
  ]);
  const ahead = inLine(rows.map((row) => ({ ...row, granted: false }))).findIndex(({ id }) => id === own.id);
  // Its turn came between the two looks.
  if (ahead < 0) return null;
  return { pool, position: ahead + 1, ahead, limit: Math.min(...nodes.map((node) => turnLimit(pool, node))) };
}
