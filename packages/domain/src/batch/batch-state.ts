// Where the containers of a batch stand, and which of them a person may retry or cancel.
import type { RunState } from "@homeport/db/types";
import { isActive } from "../run/run-state";

export interface BatchRun {
  state: RunState;
  cancelRequestedAt?: Date | null;
}

/** Each run is counted once. */
export interface BatchCounts {
  total: number;
  ready: number;
  working: number;
  /** Queued, waiting or paused. */
  waiting: number;
  /** Those that "Retry the failed ones" is about: awaiting a decision, failed, cancelled or undone. */
  failed: number;
}

type Place = Exclude<keyof BatchCounts, "total">;

const places: Record<RunState, Place> = {
  queued: "waiting",
  running: "working",
  waiting: "waiting",
  paused: "waiting",
  awaiting_decision: "failed",
  done: "ready",
  done_with_warnings: "ready",
  failed: "failed",
  cancelled: "failed",
  undone: "failed",
};

export function batchCounts(runs: readonly BatchRun[]): BatchCounts {
  const counts: BatchCounts = { total: runs.length, ready: 0, working: 0, waiting: 0, failed: 0 };
  // One that is being undone has not failed yet: it is worked on.
  for (const run of runs) counts[run.cancelRequestedAt && isActive(run.state) ? "working" : places[run.state]] += 1;
  return counts;
}

/** How a failed one is retried: its run goes on, or a new one is begun. Undefined: there is nothing to retry. */
export function retryOf(run: BatchRun): "decide" | "anew" | undefined {
  if (places[run.state] !== "failed") return undefined;
  if (run.state !== "awaiting_decision") return "anew";
  return run.cancelRequestedAt ? undefined : "decide";
}

/** Whether "Cancel the rest" is about it. */
export function canCancel(run: BatchRun): boolean {
  return isActive(run.state) && !run.cancelRequestedAt;
}
