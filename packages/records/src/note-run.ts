// What is written of a run beside its state. Each write counts its version, which wakes those who watch it.
import type { Db, DbOrTransaction, Prisma } from "@homeport/db/client";
import { statesBefore } from "@homeport/domain/run/run-state";

/** A person's wishes, and the plan that it is held to. */
export interface RunNote {
  cancelRequestedAt?: Date;
  pauseRequestedAt?: Date | null;
  planHash?: string;
}

const noted = { containerId: true, userId: true, input: true } as const satisfies Prisma.RunSelect;

/** Without a note: something of it changed, as a step or a decision. Locks its row, which everybody does before they write anything of it. */
export function noteRun(
  within: DbOrTransaction,
  runId: string,
  note: RunNote = {},
): Promise<Prisma.RunGetPayload<{ select: typeof noted }>> {
  return within.run.update({ where: { id: runId }, data: { ...note, version: { increment: 1 } }, select: noted });
}

/** As above, of a run that is at work. False: it is not, and whoever asks is superseded. */
export async function noteWorkingRun(within: DbOrTransaction, runId: string): Promise<boolean> {
  const { count } = await within.run.updateMany({
    where: { id: runId, state: { in: statesBefore("goOn", "running") } },
    data: { version: { increment: 1 } },
  });
  return count > 0;
}

/** Its logs were removed for good. False: that is known. */
export async function noteLogsDropped(db: Db, runId: string, now: Date): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { id: runId, logsDroppedAt: null },
    data: { logsDroppedAt: now, version: { increment: 1 } },
  });
  return count > 0;
}
