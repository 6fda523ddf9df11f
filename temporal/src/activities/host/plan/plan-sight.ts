// One look at a node for a plan: everything at once, nothing changed.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { ProxmoxError, type ContentVolume, type Resource, type Storage } from "@homeport/proxmox";
import type { PlanFacts } from "../../plan-ports";
import type { Host } from "../deps";
import { readNetwork, type Network } from "../node/node-network";
import { holderOf, likelyVmid } from "./vmid-holder";

/** What every member of a batch with the same image shares. */
export interface Surroundings {
  version: string;
  storages: Storage[];
  network: Network;
  /** OS images on the storage that the spec names; `unread` says why they could not be read. */
  images: ContentVolume[];
  unread: string | null;
  /** Whether the node's catalogue offers the image; only asked when it is not there. */
  downloadable: boolean;
  guests: Resource[];
  /** Of the node; null when the token may not see them (Sys.Audit). */
  cpus: number | null;
  /** The same of its memory. */
  memoryBytes: number | null;
}

export interface VmidSight {
  /** Of a typed VMID that somebody has: who, in words. */
  holder: string | null;
  likelyVmid: number | null;
  /** What Proxmox offers; where it was asked. */
  offered?: number;
}

export type Sight = Surroundings & VmidSight;

export async function readSurroundings(
  host: Host,
  { osTemplate }: Pick<ContainerSpec, "osTemplate">,
  signal: AbortSignal,
): Promise<Surroundings> {
  const { proxmox, pveName } = host;
  const on = { signal };
  const [imageStorage = "", file = ""] = osTemplate.split(":vztmpl/");
  const [version, storages, network, images, guests, nodes] = await Promise.all([
    proxmox.version(on),
    proxmox.storages(pveName, {}, on),
    readNetwork(proxmox, pveName, { signal, listed: false }),
    readImages(host, imageStorage, signal),
    permitted(() => proxmox.resources("vm", on), []),
    permitted(() => proxmox.nodes(on), []),
  ]);
  const here = nodes.find(({ node }) => node === pveName);
  const present = images.volumes.some(({ volid }) => volid === osTemplate);
  const downloadable = present
    ? false
    : (await proxmox.appliances(pveName, on)).some(({ template }) => template === file);
  return {
    version: version.version,
    storages,
    network,
    images: images.volumes,
    unread: images.why,
    downloadable,
    guests,
    cpus: here?.maxcpu ?? null,
    memoryBytes: here?.maxmem ?? null,
  };
}

/** Of one container; a batch asks for all its members at once. */
export async function readVmid(
  host: Host,
  { vmid, facts: { held, range }, guests }: { vmid: number | null; facts: PlanFacts; guests: readonly Resource[] },
  signal: AbortSignal,
): Promise<VmidSight> {
  if (vmid === null) return { holder: null, ...(await likelyVmid(host, { range, held, guests }, signal)) };
  return { holder: await holderOf(host, { vmid, held, guests }, signal), likelyVmid: null };
}

async function permitted<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProxmoxError && error.kind === "permission") return otherwise;
    throw error;
  }
}

async function readImages(
  { proxmox, pveName }: Host,
  storage: string,
  signal: AbortSignal,
): Promise<{ volumes: ContentVolume[]; why: string | null }> {
  try {
    return { volumes: await proxmox.storageContent(pveName, storage, "vztmpl", { signal }), why: null };
  } catch (error) {
    // With a status it was the node that answered: a storage of it hangs.
    if (
      !(error instanceof ProxmoxError) ||
      (error.kind === "unreachable" && error.status === undefined) ||
      error.kind === "certificate" ||
      error.kind === "auth"
    )
      throw error;
    return { volumes: [], why: error.message.trim() };
  }
}
