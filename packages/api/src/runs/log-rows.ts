// A run's log, in the order in which its pieces became visible.
import type { DbOrTransaction } from "@homeport/db/client";
import { type LogPiece, logPiece } from "./view";

/**
 * At most `take` pieces after `afterId`. Reading on from the last id misses nothing: pieces of one run get their ids in
 * the order in which they are committed (trigger run_log_order).
 */
export async function readLogPieces(
  db: DbOrTransaction,
  { runId, afterId, take, stepId }: { runId: string; afterId: bigint; take: number; stepId?: string },
): Promise<LogPiece[]> {
  const rows = await db.runLog.findMany({
    where: { runId, id: { gt: afterId }, ...(stepId === undefined ? {} : { stepId }) },
    select: logPiece,
    orderBy: { id: "asc" },
    take,
  });
  return rows.map(({ id, byteOffset, ...row }) => ({ ...row, id: String(id), byteOffset: Number(byteOffset) }));
}
