// The guest of a container as the node describes it, and the fence: nothing is done to a guest that Homeport did not make.
import { ownership, type Ownership } from "@homeport/domain/container/ownership-tag";
import { type LxcConfig, type LxcStatus, ProxmoxError } from "@homeport/proxmox";
import { StepFailure } from "../../failures";
import type { StepContext } from "../run-step";

export interface SeenGuest {
  config: LxcConfig;
  lock: string | undefined;
  ownership: Ownership;
}

/** Null when the cluster has no container of that VMID. One that was moved to another of its nodes is found there, and served there from now on. */
export async function readGuest(step: StepContext, vmid: number): Promise<SeenGuest | null> {
  const here = await readHere(step, vmid);
  if (here !== null) return here;
  const node = await nodeOf(step, vmid);
  if (node === undefined || node === step.host.pveName) return null;
  const { host } = step;
  const before = host.pveName;
  // Every node of a cluster passes calls on to the others; what happens inside a container is out of reach there (inside.ts).
  host.pveName = node;
  const there = await readHere(step, vmid);
  if (there === null) host.pveName = before;
  else host.movedFrom ??= before;
  return there;
}

/** Of this node alone. */
export async function readHere({ host, at, signal }: StepContext, vmid: number): Promise<SeenGuest | null> {
  try {
    const config = await host.proxmox.lxcConfig(host.pveName, vmid, { signal });
    return { config, lock: config.lock, ownership: ownership(at.containerId, config) };
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "missing") return null;
    throw error;
  }
}

/** Which node of the cluster has this container now. */
async function nodeOf({ host, signal }: StepContext, vmid: number): Promise<string | undefined> {
  const rows = await host.proxmox.resources("vm", { signal });
  return rows.find((row) => row.vmid === vmid && row.type === "lxc")?.node ?? undefined;
}

const refusals: Record<Exclude<Ownership, "ours">, string> = {
  foreign: "belongs to another Homeport container",
  unmarked: "was not created by Homeport, or both its note and its tag were removed",
};

/** The fence before every act on a guest: read now, not remembered. Null when the guest is gone. */
export async function ownGuest(step: StepContext, vmid: number): Promise<SeenGuest | null> {
  const guest = await readGuest(step, vmid);
  if (guest === null || guest.ownership === "ours") return guest;
  throw new StepFailure(`CT ${vmid} on node ${step.host.name} ${refusals[guest.ownership]}: it is left alone.`);
}

/** When a step compared its guest's ownership last. */
export const comparedAt = new WeakMap<StepContext, number>();

/** As `ownGuest`, for acts that need it to be there. */
export async function requireGuest(step: StepContext, vmid: number): Promise<SeenGuest> {
  const guest = await ownGuest(step, vmid);
  if (guest !== null) {
    comparedAt.set(step, performance.now());
    return guest;
  }
  // The screens know it at once, and what undoing would do is said right.
  await step.deps.sightings.saw(step.at.nodeId, vmid, null);
  throw new StepFailure(
    `CT ${vmid} is not on node ${step.host.name} any more: somebody removed it there. It is not made again; undo to give its VMID back.`,
  );
}

export async function readStatus({ host, signal }: StepContext, vmid: number): Promise<LxcStatus> {
  return host.proxmox.lxcStatus(host.pveName, vmid, { signal });
}

/** Both at once. Of one that was moved, or is gone, the guest says so: a status that nobody answered is asked for again behind it. */
export async function requireGuestNow(step: StepContext, vmid: number): Promise<SeenGuest & { status: LxcStatus }> {
  const asked = readStatus(step, vmid).catch(() => undefined);
  const guest = await requireGuest(step, vmid);
  return { ...guest, status: (await asked) ?? (await readStatus(step, vmid)) };
}

export async function isRunning(step: StepContext, vmid: number): Promise<boolean> {
  return (await readStatus(step, vmid)).status === "running";
}

/** Tells the screens at once what an operation left, instead of after the next poll. */
export async function recordStatus(
  step: StepContext,
  vmid: number,
  { status, name, tags }: Pick<LxcStatus, "status" | "name" | "tags">,
): Promise<void> {
  await step.deps.sightings.saw(step.at.nodeId, vmid, {
    status,
    ...(name ? { name } : {}),
    ...(tags ? { tags } : {}),
  });
}

/** The same, of what is read for it; for the screens alone, so that a node which does not answer now is no failure. */
export async function recordSighting(step: StepContext, vmid: number): Promise<void> {
  const status = await readStatus(step, vmid).catch(() => undefined);
  if (status !== undefined) await recordStatus(step, vmid, status);
}

/** The same, of what was just read and what this step has just seen happen. */
export async function recordSeen(
  step: StepContext,
  vmid: number,
  { status, config: { hostname, tags } }: { status: "running" | "stopped"; config: LxcConfig },
): Promise<void> {
  await recordStatus(step, vmid, { status, name: hostname, tags });
}
