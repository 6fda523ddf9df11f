// What taking a VMID needs from the records.

export interface VmidPorts {
  vmids: {
    /** Where automatic ones come from, both ends included, and whether a person set that; the node's name for sentences. */
    range(nodeId: string): Promise<{ from: number; to: number; set: boolean; node: string }>;
    /** What live containers of ours hold on this machine, but this one. */
    held(containerId: string): Promise<number[]>;
    /** Reserves the first of these that nobody of ours has; undefined when each has a holder. */
    reserve(containerId: string, candidates: readonly number[]): Promise<number | undefined>;
    /** It turned out to be taken on the node. */
    giveBack(containerId: string): Promise<void>;
  };
}
