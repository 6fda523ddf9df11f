// What taking a VMID needs from the records.
import type { VmidSpan } from "./plan-ports";

/** A step, and who has taken it up: a try that slept must not change what a later one reserved. */
export interface ReservedBy {
  containerId: string;
  runId: string;
  step: string;
  writer: string;
}

export interface VmidPorts {
  vmids: {
    /** For this container; the node's name for sentences. */
    range(containerId: string): Promise<VmidSpan & { node: string }>;
    /** What live containers of ours hold on this machine, but this one. */
    held(containerId: string): Promise<number[]>;
    /** Reserves the first of these that nobody of ours has; undefined when each has a holder. Throws when another one does the step by now. */
    reserve(by: ReservedBy, candidates: readonly number[]): Promise<number | undefined>;
    /** It turned out to be taken on the node. Throws as `reserve` does. */
    giveBack(by: ReservedBy): Promise<void>;
  };
}
