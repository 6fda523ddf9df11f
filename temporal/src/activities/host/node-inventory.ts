// What a node offers to the wizard.
import type { NodeInventory } from "@homeport/domain/node-report";
import { ProxmoxError, type Proxmox, type Storage } from "@homeport/proxmox";
import { readNetwork, zoneOf, type Network } from "./node-network";

export interface Found {
  known: NodeInventory;
  /** As Proxmox answered: those that the token may see and that are there at the moment. */
  storages: Storage[];
  network: Network;
  /** Storages whose content could not be read, with the reason. */
  unread: { storage: string; why: string }[];
}

export async function readInventory(proxmox: Proxmox, pveName: string, signal: AbortSignal): Promise<Found> {
  const [all, network, appliances] = await Promise.all([
    proxmox.storages(pveName, {}, { signal }),
    readNetwork(proxmox, pveName, signal),
    // A node without its index has none to offer.
    proxmox.appliances(pveName, { signal }).catch(() => []),
  ]);
  const storages = all.filter(({ active, enabled }) => active !== false && enabled !== false);
  const known: NodeInventory = {
    storages: storages.map(({ storage, type, content, avail, total }) => ({
      name: storage, type, availableBytes: avail ?? 0, totalBytes: total ?? 0, forContainers: contents(content).includes("rootdir"), forTemplates: contents(content).includes("vztmpl"),
    })),
    bridges: network.bridges.map(({ iface, cidr }) => ({ name: iface, ...(cidr ? { cidr } : {}), ...zoneIfVirtual(network, iface) })),
    osTemplates: [],
    downloads: appliances.filter(({ section }) => section === "system").map(({ template }) => template),
  };
  const unread: Found["unread"] = [];
  for (const { name } of known.storages.filter(({ forTemplates }) => forTemplates)) {
    try {
      const volumes = await proxmox.storageContent(pveName, name, "vztmpl", { signal });
      known.osTemplates.push(...volumes.map(({ volid, size }) => ({ volid, sizeBytes: size ?? 0 })));
    } catch (error) {
      if (!(error instanceof ProxmoxError) || error.kind === "unreachable" || error.kind === "certificate") throw error;
      unread.push({ storage: name, why: error.message });
    }
  }
  return { known, storages, network, unread };
}

/** What a storage holds; "none" is Proxmox's word for nothing. */
export function contents(content: string | undefined): string[] {
  return (content ?? "").split(",").filter((kind) => kind !== "" && kind !== "none");
}

function zoneIfVirtual(network: Network, iface: string): { zone?: string } {
  if (network.bridges.find((one) => one.iface === iface)?.type !== "vnet") return {};
  const zone = zoneOf(network, iface);
  return zone === null ? {} : { zone };
}
