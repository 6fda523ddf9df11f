// Whether what a node offers suffices for a container: a storage for its disk, one for OS templates, a bridge, Debian.
import { nodeCommands } from "@homeport/domain/node/node-commands";
import type { NodeReportLine } from "@homeport/domain/node/node-report";
import { contents, type Found } from "./node-inventory";

/** Which types can hold what (pve-storage, the `plugindata` of PVE/Storage/*Plugin.pm). */
const CAN_HOLD = {
  rootdir: ["dir", "lvmthin", "lvm", "zfspool", "zfs", "btrfs", "rbd", "nfs", "cifs", "iscsidirect"],
  vztmpl: ["dir", "btrfs", "nfs", "cifs", "cephfs", "glusterfs"],
} as const;
type Kind = keyof typeof CAN_HOLD;

export function storageLines(found: Found): NodeReportLine[] {
  const {
    known: { storages, bridges },
    network: { listed },
  } = found;
  const containers = storages.filter(({ forContainers }) => forContainers).map(({ name }) => name);
  const templates = storages.filter(({ forTemplates }) => forTemplates).map(({ name }) => name);
  const lacked: Kind[] = [
    ...(containers.length === 0 ? ["rootdir" as const] : []),
    ...(templates.length === 0 ? ["vztmpl" as const] : []),
  ];
  // Only then is what it sees all there is: a storage may hold it that is hidden from the token.
  const seesAll = Object.entries(listed["/storage"] ?? {}).some(
    ([privilege, propagates]) => propagates === 1 && /^Datastore\.(Audit|AllocateSpace)$/.test(privilege),
  );
  const lack = (kind: Kind, does: string) =>
    seesAll
      ? makeHold(found, kind, lacked)
      : {
          detail: `No storage that the token sees ${does}. It may not see all of them: grant it the privileges above first.`,
        };
  return [
    line(
      { id: "storage", label: "Storage for containers", names: containers },
      lack("rootdir", "holds containers' disks"),
    ),
    line(
      { id: "templates", label: "Storage for OS templates", names: templates },
      lack("vztmpl", "holds OS templates"),
    ),
    line(
      { id: "bridges", label: "Bridges", names: bridges.map(({ name }) => name) },
      {
        detail:
          "The token sees no bridge. With the right to use networks, see above, it sees those that the node has; where there is none, make one in Proxmox, in the node's Network panel.",
      },
    ),
    ...found.unread.map(({ storage, why }): NodeReportLine => ({
      id: `content:${storage}`,
      label: `Content of ${storage}`,
      state: "warning",
      detail: `It cannot be read: ${why}. What was known of it stays; everything else works.`,
    })),
    debianLine(found, templates),
  ];
}

/** A command for the first storage that can. One storage that is to hold both gets both at once: a second command would take away what the first gave. */
function makeHold({ storages }: Found, kind: Kind, lacked: readonly Kind[]): Lack {
  const fit = (one: Kind) => storages.find(({ type }) => (CAN_HOLD[one] as readonly string[]).includes(type));
  const storage = fit(kind);
  if (storage === undefined)
    return {
      detail: `No storage of the node can hold ${kind === "rootdir" ? "containers' disks" : "OS templates"}: add one in Proxmox, under Datacenter, Storage.`,
    };
  const more = lacked.filter((one) => fit(one) === storage);
  const fix = nodeCommands.setStorageContent({
    storage: storage.storage,
    content: [...contents(storage.content), ...more],
  });
  return {
    detail: `No storage holds ${kind === "rootdir" ? "containers' disks" : "OS templates"}. ${storage.storage} can, beside what it holds now.`,
    fix,
  };
}

interface Lack {
  detail: string;
  fix?: string;
}

/** An image that is not there yet is downloaded by the first run that needs it. */
function debianLine({ known, unread }: Found, templates: readonly string[]): NodeReportLine {
  const about = { id: "os-templates", label: "OS templates" } as const;
  const images = known.osTemplates.map(({ volid }) => volid.split("/").at(-1) ?? volid);
  if (images.some(isDebian)) return { ...about, state: "ok", detail: images.join(", ") };
  const [storage] = templates;
  if (storage === undefined) return { ...about, state: "skipped", detail: "Needs a storage for OS templates." };
  // Nobody knows that it is not there.
  if (unread[0])
    return {
      ...about,
      state: "warning",
      detail: `Debian 12 was not found, and the content of ${unread[0].storage} cannot be read: ${unread[0].why}.`,
    };
  const template = known.downloads
    .filter(isDebian)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  if (template === undefined)
    return {
      ...about,
      state: "failed",
      detail:
        "The built-in templates need Debian 12. It is not there, and the node's catalogue of downloads does not offer it: refresh the catalogue.",
      fix: nodeCommands.updateCatalogue(),
    };
  return {
    ...about,
    state: "warning",
    detail:
      "The built-in templates need Debian 12. It is not there yet: the first container downloads it, for which the token needs Datastore.AllocateTemplate; or you do now.",
    fix: nodeCommands.downloadImage({ storage, template }),
  };
}

const isDebian = (name: string): boolean => name.startsWith("debian-12-");

function line(
  { id, label, names }: { id: string; label: string; names: readonly string[] },
  lack: Lack,
): NodeReportLine {
  return names.length > 0
    ? { id, label, state: "ok", detail: names.join(", ") }
    : { id, label, state: "failed", ...lack };
}
