// A run as its workflow moves it: each function is one event of the table in domain/run/run-state. Each may be called twice; the second time
// changes nothing that matters.
import type { DbOrTransaction } from "@homeport/db/client";
import type { FinalRunState } from "@homeport/domain/run/run-state";
import type { WaitingFor, WaitReason } from "@homeport/domain/run/waiting";
import { type Moved, moveRun, moveRunIfItFits } from "./move-run";

const UNDOING = { on: "undo" } as const satisfies WaitingFor;

/**
 * Once for each workflow (`executionId`; null: in a test without one): a try that was given up for lost, and wakes when the run waits
 * for a person, changes nothing.
 */
export async function openRun(
  within: DbOrTransaction,
  { runId, executionId }: { runId: string; executionId: string | null },
): Promise<void> {
  await within.run.updateMany({
    where: { id: runId, startedAt: null },
    data: { startedAt: new Date(), dispatchedAt: new Date() },
  });
  const unopened = executionId === null ? {} : { OR: [{ executionId: null }, { executionId: { not: executionId } }] };
  const move = { runId, event: "open", to: "running", only: unopened } as const;
  await moveRunIfItFits(within, move, { waitingFor: null, executionId });
}

/** One step ended, or the next began. */
export function advanceRun(within: DbOrTransaction, runId: string): Promise<Moved> {
  return moveRun(within, { runId, event: "advance", to: "running" }, { waitingFor: null, error: null });
}

/** It stands still before its next step. `by`: who paused it, where that is known. */
export function pauseRun(
  within: DbOrTransaction,
  { runId, by = null }: { runId: string; by?: string | null | undefined },
): Promise<Moved> {
  return moveRun(within, { runId, event: "pause", to: "paused" }, { waitingFor: { on: "pause", by }, error: null });
}

/** A step failed for good. `error`: at most 512 bytes. */
export function awaitDecision(
  within: DbOrTransaction,
  { runId, error }: { runId: string; error: string },
): Promise<Moved> {
  const move = { runId, event: "failStep", to: "awaiting_decision" } as const;
  return moveRun(within, move, { waitingFor: { on: "decision" }, error });
}

export function undoRun(within: DbOrTransaction, runId: string): Promise<Moved> {
  return moveRun(within, { runId, event: "undo", to: "running" }, { waitingFor: UNDOING });
}

/** `error`: at most 512 bytes; a run that is done has none. */
export function closeRun(
  within: DbOrTransaction,
  { runId, state, error }: { runId: string; state: FinalRunState; error?: string | null | undefined },
): Promise<Moved> {
  return moveRun(
    within,
    { runId, event: "close", to: state },
    {
      waitingFor: null,
      pauseRequestedAt: null,
      endedAt: new Date(),
      ...(error === undefined ? {} : { error }),
    },
  );
}

/** Its step waits for something outside; `undoing`: to take back what it made. False: the run does not work, and whoever asks is superseded. */
export function waitAtStep(
  within: DbOrTransaction,
  { runId, reason, undoing }: { runId: string; reason: WaitReason; undoing: boolean },
): Promise<boolean> {
  const waitingFor: WaitingFor = undoing ? { on: "cleanup", until: reason } : reason;
  return moveRunIfItFits(within, { runId, event: "wait", to: "waiting" }, { waitingFor });
}

/** Its step goes on. False as above. */
export function goOnAtStep(within: DbOrTransaction, runId: string): Promise<boolean> {
  return moveRunIfItFits(within, { runId, event: "goOn", to: "running" }, { waitingFor: null });
}

/** Its slot on the node was granted. False: it did not wait. */
export function grantSlot(
  within: DbOrTransaction,
  { runId, undoing }: { runId: string; undoing: boolean },
): Promise<boolean> {
  const waitingFor = undoing ? UNDOING : null;
  return moveRunIfItFits(within, { runId, event: "getSlot", to: "running" }, { waitingFor });
}
