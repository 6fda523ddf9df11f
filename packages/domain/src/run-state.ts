// The life of a run: which states end it, and what a person may decide in each.
import type { RunKind, RunState } from "@homeport/db/types";

/** The same list as the partial index run_one_active_per_container. */
export const ActiveRunStates = [
  "queued",
  "running",
  "waiting",
  "awaiting_decision",
  "paused",
] as const satisfies readonly RunState[];

export function isActive(state: RunState): boolean {
  return (ActiveRunStates as readonly RunState[]).includes(state);
}

/** What a person answers to a run that waits for a decision. "retry" may carry an edit (step-edit). */
export const Decisions = ["retry", "skip", "undo"] as const;
export type Decision = (typeof Decisions)[number];

/** What a person may do to a run at any time while it is under way. */
const Steers = ["pause", "resume"] as const;
export type Steer = (typeof Steers)[number];

export interface DecidableRun {
  kind: RunKind;
  state: RunState;
  /** The step that failed; null while none has. */
  failedStep?: { optional: boolean } | null;
  cancelRequestedAt?: Date | null;
}

/** Why a person cannot decide this now; `undefined` when they can. */
export function whyNotDecide(decision: Decision, run: DecidableRun): string | undefined {
  if (run.state !== "awaiting_decision") return "This run does not wait for a decision.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  if (decision === "undo" && run.kind !== "provision") return "Only the creation of a container can be undone.";
  if (decision === "skip" && run.failedStep?.optional !== true)
    return "Only a step that its template marks as optional can be skipped.";
  return undefined;
}

export interface SteerableRun {
  state: RunState;
  pauseRequestedAt?: Date | null;
  cancelRequestedAt?: Date | null;
}

/** Why a run cannot be paused or resumed now; `undefined` when it can. A pause begins before the next step. */
export function whyNotSteer(steer: Steer, run: SteerableRun): string | undefined {
  if (!isActive(run.state)) return "This run has ended.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  if (steer === "resume") return run.state === "paused" || run.pauseRequestedAt ? undefined : "This run is not paused.";
  if (run.state === "awaiting_decision") return "It stands still until you decide.";
  return run.state === "paused" || run.pauseRequestedAt
    ? "It is paused already, or will be before its next step."
    : undefined;
}

/** Why a run cannot be cancelled now; `undefined` when it can. Cancelling a creation undoes it. */
export function whyNotCancel(run: {
  kind: RunKind;
  state: RunState;
  cancelRequestedAt?: Date | null;
}): string | undefined {
  if (!isActive(run.state)) return "This run has ended.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  return undefined;
}
