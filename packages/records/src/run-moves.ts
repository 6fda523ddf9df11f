// A run as its workflow moves it: each function is one event of the table in domain/run/run-state. Each may be called twice; the second time
// changes nothing that matters.
import type { DbOrTransaction } from "@homeport/db/client";
import type { FinalRunState } from "@homeport/domain/run/run-state";
import type { WaitingFor, WaitReason } from "@homeport/domain/run/waiting";
import { type Moved, moveRun, moveRunIfItFits, type RecordOf } from "./move-run";

const UNDOING = { on: "undo" } as const satisfies WaitingFor;

/** `by`: undefined in a test without a workflow. */
interface ByRecord {
  runId: string;
  by: RecordOf | undefined;
}

/** Once for each execution of the workflow: a try that was given up for lost, and wakes when the run waits for a person, changes nothing. */
export async function openRun(within: DbOrTransaction, { runId, by }: ByRecord): Promise<void> {
  await within.run.updateMany({
    where: { id: runId, startedAt: null },
    data: { startedAt: new Date(), dispatchedAt: new Date() },
  });
  const unopened = by && { OR: [{ executionId: null }, { executionId: { not: by.executionId } }] };
  const move = { runId, event: "open", to: "running", ...(unopened && { only: unopened }) } as const;
  await moveRunIfItFits(within, move, {
    waitingFor: null,
    executionId: by?.executionId ?? null,
    lastTask: by?.task ?? 0,
  });
}

/** One step ended, or the next began. */
export function advanceRun(within: DbOrTransaction, run: ByRecord): Promise<Moved> {
  return moveRun(within, { ...run, event: "advance", to: "running" }, { waitingFor: null, error: null });
}

/** It stands still before its next step. `pausedBy`: who paused it, where that is known. */
export function pauseRun(
  within: DbOrTransaction,
  { pausedBy = null, ...run }: ByRecord & { pausedBy?: string | null | undefined },
): Promise<Moved> {
  const waitingFor = { on: "pause", by: pausedBy } as const;
  return moveRun(within, { ...run, event: "pause", to: "paused" }, { waitingFor, error: null });
}

/** A step failed for good. `error`: at most 512 bytes. */
export function awaitDecision(
  within: DbOrTransaction,
  { error, ...run }: ByRecord & { error: string },
): Promise<Moved> {
  const move = { ...run, event: "failStep", to: "awaiting_decision" } as const;
  return moveRun(within, move, { waitingFor: { on: "decision" }, error });
}

export function undoRun(within: DbOrTransaction, run: ByRecord): Promise<Moved> {
  return moveRun(within, { ...run, event: "undo", to: "running" }, { waitingFor: UNDOING });
}

/** `error`: at most 512 bytes; a run that is done has none. */
export function closeRun(
  within: DbOrTransaction,
  { state, error, ...run }: ByRecord & { state: FinalRunState; error?: string | null | undefined },
): Promise<Moved> {
  return moveRun(
    within,
    { ...run, event: "close", to: state },
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
