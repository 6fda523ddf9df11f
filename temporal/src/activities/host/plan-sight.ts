// One look at a node for a plan: everything at once, nothing changed, nothing kept.
import type { ContainerSpec } from "@homeport/domain/container-input";
import { ProxmoxError, type ContentVolume, type Resource, type Storage } from "@homeport/proxmox";
import type { PlanFacts } from "../plan-ports";
import type { Host } from "./deps";
import { holderWords } from "./holder-words";
import { readNetwork, type Network } from "./node-network";

export interface Sight {
  version: string;
  storages: Storage[];
  network: Network;
  /** OS images on the storage that the spec names; `unread` says why they could not be read. */
  images: ContentVolume[];
  unread: string | null;
  /** Whether the node's catalogue offers the image; only asked when it is not there. */
  downloadable: boolean;
  /** Of a typed VMID that somebody has: who, in words. */
  holder: string | null;
  likelyVmid: number | null;
}

export async function lookAround(host: Host, { spec, facts }: { spec: ContainerSpec; facts: PlanFacts }, signal: AbortSignal): Promise<Sight> {
  const { proxmox, pveName } = host;
  const on = { signal };
  const [imageStorage = "", file = ""] = spec.osTemplate.split(":vztmpl/");
  const [version, storages, network, images, guests] = await Promise.all([
    proxmox.version(on),
    proxmox.storages(pveName, {}, on),
    readNetwork(proxmox, pveName, signal),
    readImages(host, imageStorage, signal),
    permitted(() => proxmox.resources("vm", on), []),
  ]);
  const present = images.volumes.some(({ volid }) => volid === spec.osTemplate);
  const [downloadable, vmid] = await Promise.all([
    present ? false : proxmox.appliances(pveName, on).then((all) => all.some(({ template }) => template === file)),
    spec.vmid === null
      ? likelyVmid(host, { facts, guests }, signal).then((likely) => ({ holder: null, likely }))
      : holderOf(host, { vmid: spec.vmid, facts, guests }, signal).then((holder) => ({ holder, likely: null })),
  ]);
  return { version: version.version, storages, network, images: images.volumes, unread: images.why, downloadable, holder: vmid.holder, likelyVmid: vmid.likely };
}

async function permitted<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "permission") return otherwise;
    throw error;
  }
}

async function readImages({ proxmox, pveName }: Host, storage: string, signal: AbortSignal): Promise<{ volumes: ContentVolume[]; why: string | null }> {
  try {
    return { volumes: await proxmox.storageContent(pveName, storage, "vztmpl", { signal }), why: null };
  } catch (error) {
    // With a status it was the node that answered: a storage of it hangs.
    if (!(error instanceof ProxmoxError) || (error.kind === "unreachable" && error.status === undefined) || error.kind === "certificate" || error.kind === "auth") throw error;
    return { volumes: [], why: error.message.trim() };
  }
}

interface Numbers {
  facts: PlanFacts;
  guests: readonly Resource[];
}

/** Names come from the cluster's list, which is some seconds old; whether it is taken is asked now. */
async function holderOf({ proxmox }: Host, { vmid, facts, guests }: Numbers & { vmid: number }, signal: AbortSignal): Promise<string | null> {
  const ours = facts.held.find((one) => one.vmid === vmid);
  if (ours) return `the container ${ours.hostname}`;
  try {
    await proxmox.nextId(vmid, { signal });
    return null;
  } catch (error) {
    if (!(error instanceof ProxmoxError && error.kind === "exists")) throw error;
    const guest = guests.find((one) => one.vmid === vmid);
    return guest === undefined ? "a guest of the cluster" : holderWords(guest);
  }
}

const MOST_LOOKS = 5;

async function likelyVmid({ proxmox }: Host, { facts, guests }: Numbers, signal: AbortSignal): Promise<number | null> {
  const taken = new Set([...facts.held.map(({ vmid }) => vmid), ...guests.flatMap(({ vmid }) => (typeof vmid === "number" ? [vmid] : []))]);
  let vmid = facts.range.from;
  for (let looks = 0; looks < MOST_LOOKS && vmid <= facts.range.to; vmid += 1) {
    if (taken.has(vmid)) continue;
    looks += 1;
    try {
      return await proxmox.nextId(vmid, { signal });
    } catch (error) {
      if (!(error instanceof ProxmoxError && error.kind === "exists")) throw error;
    }
  }
  return null;
}
