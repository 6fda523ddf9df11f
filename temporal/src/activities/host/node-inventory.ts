// What a node offers to the wizard, and whether that suffices.
import type { NodeInventory, NodeReportLine } from "@homeport/domain/node-report";
import { ProxmoxError, type Proxmox } from "@homeport/proxmox";

export interface Found {
  known: NodeInventory;
  /** Storages whose content could not be read, with the reason. */
  unread: { storage: string; why: string }[];
}

export async function readInventory(proxmox: Proxmox, pveName: string, signal: AbortSignal): Promise<Found> {
  const [storages, networks, appliances] = await Promise.all([
    proxmox.storages(pveName, {}, { signal }),
    proxmox.network(pveName, "any_bridge", { signal }).catch((error: unknown) => {
      if (error instanceof ProxmoxError && error.kind === "permission") return [];
      throw error;
    }),
    // A node without its index has none to offer.
    proxmox.appliances(pveName, { signal }).catch(() => []),
  ]);
  const usable = storages.filter(({ active, enabled }) => active !== false && enabled !== false);
  const holds = (content: string | undefined, kind: string): boolean => content?.split(",").includes(kind) ?? false;
  const known: NodeInventory = {
    storages: usable.map(({ storage, type, content, avail, total }) => ({
      name: storage, type, availableBytes: avail ?? 0, totalBytes: total ?? 0, forContainers: holds(content, "rootdir"), forTemplates: holds(content, "vztmpl"),
    })),
    bridges: networks.map(({ iface, cidr }) => ({ name: iface, ...(cidr ? { cidr } : {}) })),
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
  return { known, unread };
}

export function storageLines({ known, unread }: Found): NodeReportLine[] {
  const containers = known.storages.filter(({ forContainers }) => forContainers).map(({ name }) => name);
  const templates = known.storages.filter(({ forTemplates }) => forTemplates).map(({ name }) => name);
  const bridges = known.bridges.map(({ name }) => name);
  const images = known.osTemplates.map(({ volid }) => volid.split("/").at(-1) ?? volid);
  const debian = images.some((name) => name.startsWith("debian-12-"));
  const at = templates[0] ?? "local";
  return [
    line({ id: "storage", label: "Storage for containers", names: containers }, "No storage that the token may use holds containers.", "pvesm set local --content rootdir,vztmpl,iso,backup"),
    line({ id: "templates", label: "Storage for OS templates", names: templates }, "No storage that the token may see holds OS templates.", "pvesm set local --content vztmpl,iso,backup"),
    line({ id: "bridges", label: "Bridges", names: bridges }, "The token sees no bridge."),
    debian
      ? { id: "os-templates", label: "OS templates", state: "ok", detail: images.join(", ") }
      : {
          id: "os-templates", label: "OS templates", state: "failed",
          detail: unread[0] ? `The content of ${unread[0].storage} cannot be read: ${unread[0].why}` : "The built-in templates need Debian 12, which is not there.",
          fix: `pveam update && pveam download ${at} "$(pveam available --section system | awk '/debian-12-standard/ {print $2}' | sort -V | tail -n 1)"`,
        },
  ];
}

function line({ id, label, names }: { id: string; label: string; names: readonly string[] }, missing: string, fix?: string): NodeReportLine {
  if (names.length > 0) return { id, label, state: "ok", detail: names.join(", ") };
  return { id, label, state: "failed", detail: missing, ...(fix === undefined ? {} : { fix }) };
}
