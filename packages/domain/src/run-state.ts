// The life of a run: which states end it, and what a person may decide in each.
import type { RunKind, RunState } from "@homeport/db/types";

/** The same list as the partial index run_one_active_per_container. */
export const ActiveRunStates = ["queued", "running", "waiting", "awaiting_decision"] as const satisfies readonly RunState[];

export function isActive(state: RunState): boolean {
  return (ActiveRunStates as readonly RunState[]).includes(state);
}

export const Decisions = ["retry", "undo"] as const;
export type Decision = (typeof Decisions)[number];

/** Why a person cannot decide this now; `undefined` when they can. */
export function whyNotDecide(decision: Decision, run: { kind: RunKind; state: RunState }): string | undefined {
  if (run.state !== "awaiting_decision") return "This run does not wait for a decision.";
  if (decision === "undo" && run.kind !== "provision") return "Only the creation of a container can be undone.";
  return undefined;
}

/** Why a run cannot be cancelled now; `undefined` when it can. Cancelling a creation undoes it. */
export function whyNotCancel(run: { kind: RunKind; state: RunState; cancelRequestedAt?: Date | null }): string | undefined {
  if (!isActive(run.state)) return "This run has ended.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  return undefined;
}
