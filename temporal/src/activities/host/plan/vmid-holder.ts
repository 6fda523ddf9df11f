// Who has a VMID: the only place where a node is asked that, for the form, plans, batches and the reservation alike.
import { ProxmoxError, type Resource } from "@homeport/proxmox";
import type { VmidSpan } from "../../plan-ports";
import type { Host } from "../deps";
import { holderText } from "./holder-text";

export interface Numbers {
  /** VMIDs that live containers of ours hold on this machine. */
  held: readonly { vmid: number; hostname: string }[];
  /** Names come from the cluster's list, which is some seconds old. */
  guests: readonly Resource[];
}

/** Null when nobody has it: ours first, then Proxmox's own word, for this moment. */
export async function holderOf(
  host: Pick<Host, "proxmox">,
  { vmid, held, guests }: Numbers & { vmid: number },
  signal: AbortSignal,
): Promise<string | null> {
  const ours = held.find((one) => one.vmid === vmid);
  if (ours) return `the container ${ours.hostname}`;
  if (await isFree(host, vmid, signal)) return null;
  const guest = guests.find((one) => one.vmid === vmid);
  return guest === undefined ? "a guest of the cluster" : holderText(guest);
}

/** `GET /cluster/nextid?vmid=` (PVE/API2/Cluster.pm): it sees every node of the cluster. */
export async function isFree({ proxmox }: Pick<Host, "proxmox">, vmid: number, signal: AbortSignal): Promise<boolean> {
  try {
    await proxmox.nextId(vmid, { signal });
    return true;
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "exists") return false;
    throw error;
  }
}

const MOST_LOOKS = 5;

/**
 * The lowest free one of the range, as far as a few questions tell; null when none was found. As the reservation does it: without a range
 * of ours Proxmox's counts, which a cluster may have set (datacenter.cfg, next-id).
 */
export async function likelyVmid(
  host: Pick<Host, "proxmox">,
  { range, held, guests }: Numbers & { range: VmidSpan },
  signal: AbortSignal,
): Promise<{ likelyVmid: number | null; offered?: number }> {
  const offered = range.setBy !== null ? undefined : await host.proxmox.nextId(undefined, { signal });
  const taken = new Set([
    ...held.map(({ vmid }) => vmid),
    ...guests.flatMap(({ vmid }) => (typeof vmid === "number" ? [vmid] : [])),
  ]);
  const offer = offered === undefined ? {} : { offered };
  let vmid = offered ?? range.from;
  for (let looks = 0; looks < MOST_LOOKS && vmid <= range.to; vmid += 1) {
    if (taken.has(vmid)) continue;
    looks += 1;
    if (vmid === offered || (await isFree(host, vmid, signal))) return { likelyVmid: vmid, ...offer };
  }
  return { likelyVmid: null, ...offer };
}
