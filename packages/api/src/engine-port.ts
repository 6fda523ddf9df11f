// What the API asks of the engine that runs workflows: a part of its client, so that tests can answer with a list in memory.
import type { Engine as TemporalEngine } from "@homeport/temporal/client";

/** Every call may reject when the engine cannot be reached; none waits longer than a few seconds. */
export type Engine = Pick<
  TemporalEngine,
  | "startRun"
  | "decide"
  | "steer"
  | "cancel"
  | "plan"
  | "planBatch"
  | "vmidHolder"
  | "resumeRun"
  | "endWorkflow"
  | "reconcile"
  | "probe"
  | "watchNode"
  | "keepLease"
  | "status"
>;
export type Health = Awaited<ReturnType<Engine["status"]>>["temporal"];
