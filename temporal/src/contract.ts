// What the dashboard and the worker agree on: names, inputs, updates, search attributes. No code of either side.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { Decision } from "@homeport/domain/run/run-state";
import type { Creator } from "./activities/plan-ports";
import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";

export const TASK_QUEUE = "homeport";
/** Looking at nodes (watching, checking, planning, comparing) waits in a line of its own: however much of it there is, runs go on. */
export const nodesQueue = (taskQueue: string): string => `${taskQueue}-nodes`;

/** Input of every run's workflow: references, and words for the Temporal UI. Never a secret: it stays in the history. */
export interface RunInput {
  runId: string;
  containerId: string;
  nodeId: string;
}

/** Which part of a probe: `identity` reads certificate and host key and sends nothing; `report` signs in with the pins. */
export interface ProbeInput {
  nodeId: string;
}

export interface WatchInput {
  nodeId: string;
}

export interface LeaseInput {
  containerId: string;
}

/** What a plan is asked for; a spec holds no secret. */
export interface PlanInput {
  spec: ContainerSpec;
  /** Also what the OS image holds where files are put: for somebody who reads the plan. */
  lookInside?: boolean;
  /** Asked by a create's click: its run's check follows in a moment. */
  toCreate?: boolean;
  /** Of a container that has its row already: its own reservation is no obstacle. */
  containerId?: string;
  /** Of one that has no row yet: the limits of the node's share hold for them. */
  creator?: Creator;
}

/** Stands in a payload's place that Homeport did not seal (codec.ts): whoever reads one knows that a stranger wrote it. */
export const UNSEALED = "notSealedByHomeport";

/** Names of the workflow functions in workflows/; those that play runs stand in domain/run/run-kinds. */
export const WorkflowNames = {
  plan: "planContainer",
  planBatch: "planBatch",
  askVmid: "askVmid",
  probe: "probeNode",
  watch: "watchNode",
  reconcile: "reconcile",
  housekeeping: "housekeeping",
  lease: "lendContainer",
} as const;

/** Types of the fence's refusals (fence.ts): the run has ended, or is not here; the run's rows are ahead of this workflow. */
export const RUN_ENDED = "run-ended";
export const RUN_PASSED = "run-passed";

/** Asks a probe that is under way to look once more. */
export const PROBE_AGAIN_SIGNAL = "again";

/** A person changed the lease: it is read anew. */
export const LEASE_SIGNAL = "changed";

/** Asks the reconciler to look now. */
export const SCAN_SIGNAL = "look";

/** What a person decided about a failure; the update's id is the key of the click. */
export const DECIDE_UPDATE = "decide";
export interface DecideInput {
  decision: Decision;
  /** Of the RunDecision row, which holds the edit: no script or setting travels through a history. */
  key?: string;
  /** The failure that it answers; absent: whichever there is. */
  step?: string;
  attempt?: number;
}

/** Stops the run; a creation is undone. Its input is that of the others. */
export const CANCEL_UPDATE = "cancel";
export const PAUSE_UPDATE = "pause";
export const RESUME_UPDATE = "resume";
export interface SteerInput {
  /** Of the RunDecision row. */
  key: string;
}

/** Whether the activity at work waits for something, such as its node: the workflow cannot see it, and Temporal's lists show it. */
export const STANDING_SIGNAL = "standing";
export interface StandingSignal {
  status: "running" | "waiting";
  why?: string;
}

/** Its slot on the node was granted: it looks at its row. A call that comes twice, or too late, does nothing. */
export const SLOT_SIGNAL = "turn";
export interface SlotSignal {
  step: string;
}
/** What an undo asks a slot for: it is no step of the plan. */
export const UNDO_STEP = "undo";

export const SearchAttributes = {
  node: defineSearchAttributeKey("HomeportNode", SearchAttributeType.KEYWORD),
  template: defineSearchAttributeKey("HomeportTemplate", SearchAttributeType.KEYWORD),
  user: defineSearchAttributeKey("HomeportUser", SearchAttributeType.KEYWORD),
  status: defineSearchAttributeKey("HomeportStatus", SearchAttributeType.KEYWORD),
  vmid: defineSearchAttributeKey("HomeportVmid", SearchAttributeType.INT),
} as const;

export const watchWorkflowId = (nodeId: string) => `watch-${nodeId}`;
/** By the container alone, whose hostname may change: one for each lent container. */
export const leaseWorkflowId = (containerId: string) => `lease-${containerId}`;
/** There is one for all; tests, whose queues are their own, have one each. */
const onceFor = (name: string, taskQueue: string) => (taskQueue === TASK_QUEUE ? name : `${name}-${taskQueue}`);
export const reconcileWorkflowId = (taskQueue: string) => onceFor("reconcile", taskQueue);
export const housekeepingWorkflowId = (taskQueue: string) => onceFor("housekeeping", taskQueue);
