// A run works on its node only when it is its turn: at most so many at once, over all workers (activities/records/turns).
import { CancellationScope, condition, defineSignal, patched, setHandler } from "@temporalio/workflow";
import type { TurnKind } from "@homeport/domain/run/turn";
import { TURN_SIGNAL, type TurnSignal } from "../contract";
import { records } from "./activities";

const turnSignal = defineSignal<[TurnSignal]>(TURN_SIGNAL);

export interface Turns {
  /**
   * Does `work` when the run's turn has come, and gives the turn back whatever happens. A run holds one turn at a time, and who holds
   * one waits for nothing that needs another: no two can wait for each other.
   */
  within<T>(this: void, kind: TurnKind, at: { runId: string; step: string }, work: () => Promise<T>): Promise<T>;
}

/** Looked again after this, should the call be lost; then less and less often, as every look stays in the history. */
const LOOK_FIRST_MS = 30_000;
const LOOK_MOST_MS = 600_000;

/** Once, where the run's play begins: a run that older code has begun keeps doing without. */
export function openTurns(): Turns {
  const limited = patched("turns-2026-11-21");
  const called = new Set<string>();
  setHandler(turnSignal, ({ step }) => {
    called.add(step);
  });

  const take = async (turn: { runId: string; step: string; kind: TurnKind }): Promise<void> => {
    const { step } = turn;
    for (let lookMs = LOOK_FIRST_MS; ; lookMs = Math.min(lookMs * 2, LOOK_MOST_MS)) {
      called.delete(step);
      if ((await records.askTurn(turn)).granted) return;
      await condition(() => called.has(step), lookMs);
    }
  };

  return {
    async within(kind, { runId, step }, work) {
      if (!limited) return work();
      try {
        await take({ runId, step, kind });
        return await work();
      } finally {
        await CancellationScope.nonCancellable(() => records.releaseTurn({ runId, step }));
      }
    },
  };
}
