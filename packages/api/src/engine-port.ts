// What the API asks of the engine that runs workflows; @homeport/temporal/client fits, and so does a list in memory.
import type { RunKind } from "@homeport/db/types";
import type { Decision } from "@homeport/domain/run-state";

export interface Health {
  ok: boolean;
  /** In words for the screen; null when it is well. */
  reason: string | null;
}

/** Every call may reject when the engine cannot be reached; none waits longer than a few seconds. */
export interface Engine {
  /** Starts the run's workflow, whose id is the run's; starting it twice is harmless. */
  startRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Hands a person's decision to a run that waits for one; `requestKey` makes a repeated click harmless. */
  decide(runId: string, decision: Decision, requestKey: string): Promise<void>;
  cancel(runId: string): Promise<void>;
  /** Starts a probe of the node, or lets the one under way go on. */
  probe(nodeId: string): Promise<void>;
  /** Makes sure that the node is watched, and soon: somebody looks at it. */
  watchNode(nodeId: string): Promise<void>;
  status(): Promise<{ temporal: Health; worker: Health }>;
}
