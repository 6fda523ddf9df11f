// What a node offers to the wizard.
import type { NodeInventory } from "@homeport/domain/node/node-report";
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

/** Rejects when the node does not answer; a storage of it that does not is named in `unread`. */
export async function readInventory(proxmox: Proxmox, pveName: string, signal: AbortSignal): Promise<Found> {
  const [all, network, appliances] = await Promise.all([
    proxmox.storages(pveName, {}, { signal }),
    readNetwork(proxmox, pveName, { signal, listed: true }),
    // A node without its index has none to offer.
    proxmox.appliances(pveName, { signal }).catch(() => []),
  ]);
  const storages = all.filter(({ active, enabled }) => active !== false && enabled !== false);
  const known: NodeInventory = {
    storages: storages.map(({ storage, type, content, avail, total }) => ({
      name: storage,
      type,
      availableBytes: avail ?? 0,
      totalBytes: total ?? 0,
      forContainers: contents(content).includes("rootdir"),
      forTemplates: contents(content).includes("vztmpl"),
    })),
    bridges: network.bridges.map(({ iface, cidr }) => ({
      name: iface,
      ...(cidr ? { cidr } : {}),
      ...zoneIfVirtual(network, iface),
    })),
    osTemplates: [],
    downloads: appliances.filter(({ section }) => section === "system").map(({ template }) => template),
  };
  const unread: Found["unread"] = [];
  const read = await Promise.all(
    known.storages
      .filter(({ forTemplates }) => forTemplates)
      .map(async ({ name }) => {
        try {
          return await proxmox.storageContent(pveName, name, "vztmpl", { signal });
        } catch (error) {
          if (!(error instanceof ProxmoxError)) throw error;
          unread.push({ storage: name, why: await whyUnread(proxmox, error, signal) });
          return [];
        }
      }),
  );
  known.osTemplates = read.flat().map(({ volid, size }) => ({ volid, sizeBytes: size ?? 0 }));
  if (unread.length > 0) known.unreadStorages = unread.map(({ storage }) => storage);
  return { known, storages, network, unread: unread.sort((a, b) => a.storage.localeCompare(b.storage)) };
}

/** Why one storage could not be read; throws when it is the node that does not answer, or is another one. */
async function whyUnread(proxmox: Proxmox, error: ProxmoxError, signal: AbortSignal): Promise<string> {
  if (error.kind === "certificate" || error.kind === "auth") throw error;
  if (error.kind !== "unreachable") return error.message.trim();
  // A hung storage (NFS, CIFS, PBS) lets pveproxy answer 596 for this call, or nothing at all: whether the node is there, another call knows.
  await proxmox.version({ signal });
  return error.status === undefined
    ? "the node answers, but not for this storage"
    : `the node gave up on it (${error.status} ${error.message.trim()})`;
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
