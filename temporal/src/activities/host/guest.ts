// The guest of a container as the node describes it, and the fence: nothing is done to a guest that Homeport did not make.
import { ownership, type Ownership } from "@homeport/domain/marker";
import { type LxcConfig, ProxmoxError } from "@homeport/proxmox";
import { StepFailure } from "../failures";
import type { Step } from "./run-step";

export interface SeenGuest {
  config: LxcConfig;
  lock: string | undefined;
  ownership: Ownership;
}

/** Null when this node has no guest of that VMID. */
export async function readGuest({ host, at, signal }: Step, vmid: number): Promise<SeenGuest | null> {
  try {
    const config = await host.proxmox.lxcConfig(host.pveName, vmid, { signal });
    return { config, lock: config.lock, ownership: ownership(at.containerId, config) };
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "missing") return null;
    throw error;
  }
}

const refusals: Record<Exclude<Ownership, "ours">, string> = {
  foreign: "belongs to another Homeport container",
  unmarked: "was not made by Homeport, or its mark was removed",
};

/** The fence before every act on a guest: read now, not remembered. Null when the guest is gone. */
export async function ownGuest(step: Step, vmid: number): Promise<SeenGuest | null> {
  const guest = await readGuest(step, vmid);
  if (guest === null || guest.ownership === "ours") return guest;
  throw new StepFailure(`CT ${vmid} on node ${step.host.name} ${refusals[guest.ownership]}: it is left alone.`);
}

/** As `ownGuest`, for acts that need it to be there. */
export async function requireGuest(step: Step, vmid: number): Promise<SeenGuest> {
  const guest = await ownGuest(step, vmid);
  if (guest === null) throw new StepFailure(`CT ${vmid} is not on node ${step.host.name} any more: somebody removed it there.`);
  return guest;
}

export async function isRunning({ host, signal }: Step, vmid: number): Promise<boolean> {
  return (await host.proxmox.lxcStatus(host.pveName, vmid, { signal })).status === "running";
}

/** Tells the screens at once what an operation left, instead of after the next poll. */
export async function tellSeen(step: Step, vmid: number): Promise<void> {
  const { host, deps, at, signal } = step;
  const status = await host.proxmox.lxcStatus(host.pveName, vmid, { signal }).catch(() => undefined);
  if (status === undefined) return;
  await deps.sightings.saw(at.nodeId, vmid, { status: status.status, ...(status.name ? { name: status.name } : {}), ...(status.tags ? { tags: status.tags } : {}) });
}
