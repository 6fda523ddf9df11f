// A run's turn to work on its node: asked for, given, and given back. Each may be done twice; the second time changes nothing.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { ActiveRunStates, isActive } from "@homeport/domain/run/run-state";
import { roundFor, turnPool, type TurnKind } from "@homeport/domain/run/turn";
import { giveTurn } from "@homeport/records/run-moves";
import { UNDO_STEP } from "../../contract";
import { readBlueprint } from "./blueprint";
import { type Called, lockLine, readLine, settleLine } from "./turns-line";

export interface TurnDeps {
  db: Db;
  /** Tells a run that its turn has come. What is lost is told again by the sweeper. */
  callTurn(this: void, called: Called): Promise<void>;
}

export const turnRecords = ({ db, callTurn }: TurnDeps) => {
  const call = async (called: readonly Called[]): Promise<void> => {
    await Promise.allSettled(called.map(callTurn));
  };
  return {
    /** Takes a place in the line, or keeps the one it has. Says in the run's row what it waits for while its turn has not come. */
    async askTurn({
      runId,
      step,
      kind,
    }: {
      runId: string;
      step: string;
      kind: TurnKind;
    }): Promise<{ granted: boolean }> {
      const { granted, called } = await db.$transaction(async (transaction) => {
        const run = await transaction.run.findUniqueOrThrow({
          where: { id: runId },
          select: { state: true, userId: true, nodeId: true, containerId: true },
        });
        // Nobody waits for a run that has ended; what it still clears away is not held up.
        if (!isActive(run.state)) return { granted: true, called: [] };
        const { nodeId, userId } = run;
        const storage = kind === "create" ? (await readBlueprint(transaction, run.containerId)).spec.storage : "";
        const pool = turnPool(kind, storage);
        const line = await lockLine(transaction, { nodeId, pool });
        // It does one thing at a time: what an earlier workflow of this run left behind is not its turn any more.
        await transaction.turn.deleteMany({ where: { runId, NOT: { step, nodeId, pool } } });
        const asked = await transaction.turn.findUnique({
          where: { runId_step: { runId, step } },
          select: { id: true },
        });
        if (asked === null) {
          const round = roundFor(userId, await readLine(transaction, line));
          await transaction.turn.create({ data: { nodeId, pool, runId, step, userId, round }, select: { id: true } });
        }
        const others = await settleLine(transaction, line, runId);
        const { grantedAt } = await transaction.turn.findUniqueOrThrow({
          where: { runId_step: { runId, step } },
          select: { grantedAt: true },
        });
        await showStep(transaction, { runId, step, granted: grantedAt !== null });
        return { granted: grantedAt !== null, called: others };
      });
      await call(called);
      return { granted };
    },

    /** The next ones are let in. Harmless when there is no such turn. */
    async releaseTurn({ runId, step }: { runId: string; step: string }): Promise<void> {
      const called = await db.$transaction(async (transaction) => {
        const turn = await transaction.turn.findUnique({
          where: { runId_step: { runId, step } },
          select: { id: true, nodeId: true, pool: true },
        });
        if (turn === null) return [];
        const line = await lockLine(transaction, turn);
        await transaction.turn.deleteMany({ where: { id: turn.id } });
        return settleLine(transaction, line);
      });
      await call(called);
    },
  };
};

/** A step that waits for its turn says so; the run says its place as well (settleLine). */
async function showStep(
  transaction: DbOrTransaction,
  { runId, step, granted }: { runId: string; step: string; granted: boolean },
): Promise<void> {
  if (!granted) {
    await transaction.runStep.updateMany({
      where: { runId, name: step, state: "running" },
      data: { state: "waiting", detail: WAITS },
    });
    return;
  }
  if (await giveTurn(transaction, { runId, undoing: step === UNDO_STEP }))
    await transaction.runStep.updateMany({
      where: { runId, name: step, state: "waiting", detail: WAITS },
      data: { state: "running", detail: null },
    });
}

const WAITS = "waiting for its turn";

/**
 * For the sweeper: turns of runs that have ended are given back, lines whose limit was raised move on. Answers every run whose turn has
 * come and that has not gone on yet, as its call may have been lost.
 */
export async function releaseDeadTurns(db: Db): Promise<{ released: number; called: Called[] }> {
  const dead = { run: { state: { notIn: [...ActiveRunStates] } } };
  const lines = await db.turn.findMany({
    where: { OR: [dead, { grantedAt: null }] },
    distinct: ["nodeId", "pool"],
    select: { nodeId: true, pool: true },
  });
  let released = 0;
  for (const { nodeId, pool } of lines) {
    released += await db.$transaction(async (transaction) => {
      const line = await lockLine(transaction, { nodeId, pool });
      const { count } = await transaction.turn.deleteMany({ where: { ...dead, pool, nodeId: { in: line.nodeIds } } });
      await settleLine(transaction, line);
      return count;
    });
  }
  const called = await db.turn.findMany({
    where: { grantedAt: { not: null }, run: { state: "waiting", waitingFor: { path: ["on"], equals: "slot" } } },
    select: { runId: true, step: true },
  });
  return { released, called };
}
