// What planning needs to know from the records; it asks the node for the rest.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { PlanDocument } from "@homeport/domain/plan/plan";
import type { SpacePromise } from "@homeport/domain/plan/plan-space";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import type { StepDetailCode } from "@homeport/domain/run/step-detail";
import type { StepAt } from "./step-at";

/** Who would create it, and in which project: what a shared node's owner lets that project use holds for them. */
export interface Creator {
  projectId: string;
  userId: string;
}

/** Where automatic VMIDs come from, both ends included. `setBy`: whose range it is; null: nobody set one, and Proxmox's own counts. */
export interface VmidSpan {
  from: number;
  to: number;
  setBy: "node" | "share" | null;
}

export interface PlanRequest {
  spec: ContainerSpec;
  /** Whose reservations and guest are no obstacle: its own. */
  containerId?: string | undefined;
  /** Of a container that has no row yet. */
  creator?: Creator | undefined;
  /** Somebody reads it: each file is reported with what the OS image holds there. A check needs only the hash. */
  lookInside?: boolean | undefined;
  /** A create follows if the plan is agreed to: what the node says now counts for its check, in the next moment. */
  toCreate?: boolean | undefined;
}

export interface PlanFacts {
  template: TemplateDefinition;
  revision: number;
  /** As its owner calls it. */
  nodeName: string;
  range: VmidSpan;
  /** VMIDs that live containers of ours hold on this machine. */
  held: HeldVmid[];
  /** Creates that are queued or under way on this machine and have not made their disks: of a run, those before its own. */
  promises: SpacePromise[];
}

export interface HeldVmid {
  vmid: number;
  hostname: string;
}

export interface VmidQuestion {
  nodeId: string;
  vmid: number;
}

/** In words; null when nobody has it. */
export interface VmidAnswer {
  holder: string | null;
}

export interface Planned {
  hash: string;
  document: PlanDocument;
}

interface PlanShown {
  hash: string;
  document: PlanDocument | null;
}

export interface PlanPorts {
  plans: {
    facts(request: Pick<PlanRequest, "spec" | "containerId" | "creator">): Promise<PlanFacts>;
    held(nodeId: string): Promise<HeldVmid[]>;
    /** What the person of this run saw last. The document is null when it was cleaned away; null when nobody saw a plan. */
    shown(runId: string): Promise<PlanShown | null>;
    /** From here on the run's person has seen this one. */
    show(runId: string, planned: Planned): Promise<void>;
    /** Whether the run went on from its plan already: what it made itself is no change of the world. */
    passed(runId: string): Promise<boolean>;
  };
  /** A few words beside the step that runs, for what takes long. */
  progress(at: StepAt, detail: StepDetailCode): Promise<void>;
}
