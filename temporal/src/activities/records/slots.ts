// A run's slot on its node: asked for, given, and given back. Each may be done twice; the second time changes nothing.
import { type Db, type DbOrTransaction, Prisma } from "@homeport/db/client";
import { ActiveRunStates, isActive } from "@homeport/domain/run/run-state";
import type { StepDetailCode } from "@homeport/domain/run/step-detail";
import { roundFor, slotPool, type SlotKind } from "@homeport/domain/run/slot-queue";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { grantSlot } from "@homeport/records/run-moves";
import { UNDO_STEP } from "../../contract";
import { readBlueprint } from "./blueprint";
import { type Called, lockQueue, readQueue, settleQueue } from "./slot-queue";

export interface SlotDeps {
  db: Db;
  /** Tells a run that its slot was granted. What is lost is signalled again by the sweeper. */
  signalSlot(this: void, called: Called): Promise<void>;
}

export const slotRecords = ({ db, signalSlot }: SlotDeps) => {
  const call = async (called: readonly Called[]): Promise<void> => {
    await Promise.allSettled(called.map(signalSlot));
  };
  return {
    /** Takes a place in the queue, or keeps the one it has. Says in the run's row what it waits for while it has no slot. */
    async askTurn({
      runId,
      step,
      kind,
    }: {
      runId: string;
      step: string;
      kind: SlotKind;
    }): Promise<{ granted: boolean }> {
      const { granted, called } = await db.$transaction(async (transaction) => {
        const run = await transaction.run.findUniqueOrThrow({
          where: { id: runId },
          select: { state: true, userId: true, nodeId: true, containerId: true },
        });
        // Nobody waits for a run that has ended; what it still clears away is not held up.
        if (!isActive(run.state)) return { granted: true, called: [] };
        const { nodeId, userId } = run;
        const storage = kind === "create" ? (await readBlueprint(transaction, containerIdOf(run))).spec.storage : "";
        const pool = slotPool(kind, storage);
        const queue = await lockQueue(transaction, { nodeId, pool });
        // It does one thing at a time: what an earlier workflow of this run left behind is not its slot any more.
        await transaction.slotRequest.deleteMany({ where: { runId, NOT: { step, nodeId, pool } } });
        const asked = await transaction.slotRequest.findUnique({
          where: { runId_step: { runId, step } },
          select: { id: true },
        });
        if (asked === null) {
          const round = roundFor(userId, await readQueue(transaction, queue));
          await transaction.slotRequest.create({
            data: { nodeId, pool, runId, step, userId, round },
            select: { id: true },
          });
        }
        const others = await settleQueue(transaction, queue, runId);
        const { grantedAt } = await transaction.slotRequest.findUniqueOrThrow({
          where: { runId_step: { runId, step } },
          select: { grantedAt: true },
        });
        await showStep(transaction, { runId, step, granted: grantedAt !== null });
        return { granted: grantedAt !== null, called: others };
      });
      await call(called);
      return { granted };
    },

    /** The next ones are let in. Harmless when there is no such slot. */
    async releaseTurn({ runId, step }: { runId: string; step: string }): Promise<void> {
      const called = await db.$transaction(async (transaction) => {
        const slot = await transaction.slotRequest.findUnique({
          where: { runId_step: { runId, step } },
          select: { id: true, nodeId: true, pool: true },
        });
        if (slot === null) return [];
        const queue = await lockQueue(transaction, slot);
        await transaction.slotRequest.deleteMany({ where: { id: slot.id } });
        return settleQueue(transaction, queue);
      });
      await call(called);
    },
  };
};

/** A step that waits for its slot says so; the run says its place as well (settleQueue). */
async function showStep(
  transaction: DbOrTransaction,
  { runId, step, granted }: { runId: string; step: string; granted: boolean },
): Promise<void> {
  if (!granted) {
    await transaction.runStep.updateMany({
      where: { runId, name: step, state: "running" },
      data: { state: "waiting", detail: QUEUED },
    });
    return;
  }
  if (await grantSlot(transaction, { runId, undoing: step === UNDO_STEP }))
    await transaction.runStep.updateMany({
      where: { runId, name: step, state: "waiting", detail: { equals: QUEUED } },
      data: { state: "running", detail: Prisma.DbNull },
    });
}

const QUEUED = { is: "queued" } as const satisfies StepDetailCode;

/**
 * For the sweeper: slots of runs that have ended are given back, queues whose limit was raised move on. Answers every run whose slot was
 * granted and that has not gone on yet, as its signal may have been lost.
 */
export async function releaseStaleSlots(db: Db): Promise<{ released: number; called: Called[] }> {
  const dead = { run: { state: { notIn: [...ActiveRunStates] } } };
  const lines = await db.slotRequest.findMany({
    where: { OR: [dead, { grantedAt: null }] },
    distinct: ["nodeId", "pool"],
    select: { nodeId: true, pool: true },
  });
  let released = 0;
  for (const { nodeId, pool } of lines) {
    released += await db.$transaction(async (transaction) => {
      const queue = await lockQueue(transaction, { nodeId, pool });
      const { count } = await transaction.slotRequest.deleteMany({
        where: { ...dead, pool, nodeId: { in: queue.nodeIds } },
      });
      await settleQueue(transaction, queue);
      return count;
    });
  }
  const called = await db.slotRequest.findMany({
    where: { grantedAt: { not: null }, run: { state: "waiting", waitingFor: { path: ["on"], equals: "slot" } } },
    select: { runId: true, step: true },
  });
  return { released, called };
}
