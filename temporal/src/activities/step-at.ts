// Which step of which run an activity works for: ids only, since it stays in the workflow's history.
import type { StepDetailCode } from "@homeport/domain/run/step-detail";

export interface StepAt {
  runId: string;
  containerId: string;
  nodeId: string;
  /** The step's name within the run. */
  step: string;
  /** Counts a person's retries, from 1. */
  attempt: number;
}

/** A step that needs a guest. */
export interface GuestAt extends StepAt {
  vmid: number;
}

/** What a step leaves behind for the run page. */
export interface StepResult {
  /** A few words beside the step's title. */
  detail?: StepDetailCode;
  warnings?: number;
}

/** What the check of a plan found, and did, of the steps behind it. */
export interface PlanAhead {
  /** The next free VMID, reserved; absent where a person typed one. */
  vmid?: number;
  /** The OS template was there at `atMs` (epoch, of the worker's clock); absent where it has to be fetched. */
  image?: { detail: StepDetailCode; atMs: number };
}

/** `ahead` is absent where nothing was asked, and in the answers of earlier releases. */
export interface PlanChecked extends StepResult {
  ahead?: PlanAhead;
}
