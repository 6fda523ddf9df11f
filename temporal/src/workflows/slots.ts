// A run works on its node only with a slot: at most so many at once, over all workers (activities/records/slots).
import { CancellationScope, condition, defineSignal, patched, setHandler } from "@temporalio/workflow";
import type { SlotKind } from "@homeport/domain/run/slot-queue";
import { SLOT_SIGNAL, type SlotSignal } from "../contract";
import { records } from "./activities";

const slotSignal = defineSignal<[SlotSignal]>(SLOT_SIGNAL);

export interface Slots {
  /**
   * Does `work` when the run's slot was granted, and gives the slot back whatever happens. A run holds one slot at a time, and who holds
   * one waits for nothing that needs another: no two can wait for each other.
   */
  within<T>(this: void, kind: SlotKind, at: { runId: string; step: string }, work: () => Promise<T>): Promise<T>;
}

/** Looked again after this, should the call be lost; then less and less often, as every look stays in the history. */
const RECHECK_FIRST_MS = 30_000;
const RECHECK_MOST_MS = 600_000;

/** Once, where the run's play begins: a run that older code has begun keeps doing without. */
export function openSlots(): Slots {
  const limited = patched("turns-2026-11-21");
  const called = new Set<string>();
  setHandler(slotSignal, ({ step }) => {
    called.add(step);
  });

  const take = async (slot: { runId: string; step: string; kind: SlotKind }): Promise<void> => {
    const { step } = slot;
    for (let waitMs = RECHECK_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RECHECK_MOST_MS)) {
      called.delete(step);
      if ((await records.askTurn(slot)).granted) return;
      await condition(() => called.has(step), waitMs);
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
