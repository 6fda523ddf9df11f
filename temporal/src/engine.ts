// What the dashboard and the sweeper may ask of the engine. client.ts does it over Temporal.
import type { RunKind } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { Decision, Steer } from "@homeport/domain/run/run-state";
import type { DecideInput } from "./contract";
import type { Planned, VmidQuestion } from "./activities/plan-ports";
import type { WorkflowState } from "./workflow-state";

interface Health {
  ok: boolean;
  reason: string | null;
}

/** Every call rejects with AppError "unavailable" when Temporal does not answer in time. */
export interface Engine {
  /** The workflow's id is the row's (Run.workflowId): starting it twice is harmless. "ended": it ran before, and is over. */
  startRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<"started" | "ended">;
  /** With `step` and `attempt` it answers that failure only. AppError "conflict" when the run does not take it. */
  decide(runId: string, decision: Decision | Omit<DecideInput, "key">, requestKey: string): Promise<void>;
  /** One that has not begun yet sees it in its row. AppError "conflict" when the run does not take it. */
  steer(runId: string, steer: Steer, requestKey: string): Promise<void>;
  /** One that has not begun yet sees it in its row, which must show it before. AppError "conflict" when the run does not take it. */
  cancel(runId: string, requestKey: string): Promise<void>;
  /** Its turn to work on the node has come. A run that is not under way any more needs none. */
  signalSlot(turn: { runId: string; step: string }): Promise<void>;
  /** Asks the node what creating this would do. AppError "unavailable" when nobody does so in time; a node that is away is a plan with an obstacle. `lookInside`: with what the OS image holds where files are put. */
  plan(spec: ContainerSpec, options?: { lookInside?: boolean; containerId?: string }): Promise<Planned>;
  /** The same for members of a batch, with one look at the node; in their order. */
  planBatch(specs: readonly ContainerSpec[]): Promise<Planned[]>;
  /** Who has this VMID on the node, asked now; null when nobody. AppError "unavailable" when neither the engine nor the node says so soon. */
  vmidHolder(question: VmidQuestion): Promise<string | null>;
  /** Begins the workflow of a run anew whose workflow was ended in Temporal; harmless while one is open. */
  resumeRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Ends the run's workflow, with which nothing here can go on, and begins it anew: it finds in its rows what was done and decided. */
  beginAnew(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Ends a workflow where it stands; nothing is undone. Harmless when it is not open. */
  endWorkflow(workflowId: string): Promise<void>;
  /** Makes sure that rows, Temporal and nodes are compared every minute, and now when `soon`. */
  reconcile(options?: { soon?: boolean }): Promise<void>;
  probe(nodeId: string): Promise<void>;
  watchNode(nodeId: string): Promise<void>;
  status(): Promise<{ temporal: Health; worker: Health }>;
  /** "gone": Temporal does not know it. */
  runStatus(runId: string): Promise<WorkflowState["status"]>;
  /** Its status, and whether the workers can go on with it. */
  look(runId: string): Promise<WorkflowState>;
  close(): Promise<void>;
}
