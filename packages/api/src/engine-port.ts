// What the API asks of the engine that runs workflows; @homeport/temporal/client fits, and so does a list in memory.
import type { RunKind } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { PlanDocument } from "@homeport/domain/plan/plan";
import type { Decision, Steer } from "@homeport/domain/run/run-state";

export interface Health {
  ok: boolean;
  /** In words for the screen; null when it is well. */
  reason: string | null;
}

/** A decision together with the failure that it answers: it does not fit a later one. */
interface Decided {
  decision: Decision;
  step: string;
  attempt: number;
}

/** Every call may reject when the engine cannot be reached; none waits longer than a few seconds. */
export interface Engine {
  /** Starts the run's workflow, whose id is the run's; starting it twice is harmless. */
  startRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Hands a person's decision to a run that waits for one; `requestKey` makes a repeated click harmless. Rejects with AppError "conflict" when it does not fit. */
  decide(runId: string, decision: Decision | Decided, requestKey: string): Promise<void>;
  /** Pauses a run before its next step, or lets it go on. One that has not begun yet sees it in its row. Rejects with AppError "conflict" when it does not fit. */
  steer(runId: string, steer: Steer, requestKey: string): Promise<void>;
  /** Stops it; one that has not begun yet sees it in its row. Rejects with AppError "conflict" when it does not fit. */
  cancel(runId: string, requestKey: string): Promise<void>;
  /** Asks the node what creating this would do: within seconds, or AppError "unavailable". A node that is away is a plan with an obstacle. `lookInside`: with what its OS image holds where files are put. */
  plan(
    spec: ContainerSpec,
    options?: { lookInside?: boolean; containerId?: string },
  ): Promise<{ hash: string; document: PlanDocument }>;
  /** The same for members of a batch, with one look at the node, each in what those before it leave; in their order. */
  planBatch(specs: readonly ContainerSpec[]): Promise<{ hash: string; document: PlanDocument }[]>;
  /** Who has this VMID on the node, asked now; null when nobody. AppError "unavailable" when nobody says so soon. */
  vmidHolder(question: { nodeId: string; vmid: number }): Promise<string | null>;
  /** Begins a run anew whose workflow was ended in Temporal; harmless while one is open. */
  resumeRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Ends a workflow that works for no run of ours; nothing is undone. */
  endWorkflow(workflowId: string): Promise<void>;
  /** Compares rows, Temporal and nodes now. */
  reconcile(): Promise<void>;
  /** Starts a probe of the node, or lets the one under way go on. */
  probe(nodeId: string): Promise<void>;
  /** Makes sure that the node is watched, and soon: somebody looks at it. */
  watchNode(nodeId: string): Promise<void>;
  status(): Promise<{ temporal: Health; worker: Health }>;
}
