// What stands in the way of a create, what may surprise, and what is done in another way than asked.
import { nodeCommands } from "@homeport/domain/node/node-commands";
import { privilegeAdvice, type TokenRights } from "@homeport/domain/node/node-grants";
import {
  bridgePrivilege,
  containerStoragePrivilege,
  guestPrivileges,
  imageStoragePrivilege,
  type NeededPrivilege,
} from "@homeport/domain/node/node-privileges";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { canonicalIp } from "@homeport/domain/container/ip-address";
import { hasWayOut, oddities, staticAddresses } from "@homeport/domain/container/network";
import type { PlanDocument, PlanFinding } from "@homeport/domain/plan/plan";
import { gib, promisedText, promiseOf, type PromisedSpace } from "@homeport/domain/plan/plan-space";
import { fitsOs, needsSsh, type TemplateDefinition } from "@homeport/domain/template/template";
import type { VmidSpan } from "../../plan-ports";
import type { Host } from "../deps";
import type { Sight } from "./plan-sight";
import { zoneOf } from "../node/node-network";
import { rootOptions } from "../create/root-options";

export interface Asked {
  spec: ContainerSpec;
  template: TemplateDefinition;
  host: Pick<Host, "name" | "pveName" | "token" | "hasSsh">;
  sight: Sight;
  range: Pick<VmidSpan, "setBy">;
  /** Of the storage's free space: what creates under way will take. */
  promised: PromisedSpace;
}

export interface Considered extends Asked {
  needed: readonly NeededPrivilege[];
  rights: TokenRights;
}

const noneFree = {
  node: { text: "No VMID of the node's range is free.", fix: "Widen the range under Nodes." },
  share: {
    text: "No VMID of the range that this project may use on the node is free.",
    fix: "The node's owner can widen it.",
  },
} as const;

type Findings = Pick<PlanDocument, "blockers" | "warnings" | "notes">;

/** These give a disk the space it fills, not the space it is promised (pve-storage: thin pools, sparse files). */
const THIN: readonly string[] = ["lvmthin", "zfspool", "rbd", "btrfs", "dir", "nfs", "cifs", "cephfs", "glusterfs"];

export function findings(what: Considered): Findings {
  const { spec, sight, host, template } = what;
  const found: Findings = { blockers: [], warnings: [], notes: [] };
  const block = (finding: PlanFinding) => found.blockers.push(finding);

  storageFindings(what, found);
  if (!sight.network.bridges.some(({ iface }) => iface === spec.bridge))
    block({
      id: `bridge:${spec.bridge}`,
      text: `Node ${host.name} has no bridge ${spec.bridge}, or the token may not see it.`,
      fix: "Choose another bridge.",
    });
  const ofTheNode = nodesOwn(what);
  if (ofTheNode !== undefined)
    block({
      id: `address:${ofTheNode}`,
      text: `${ofTheNode} is the address of node ${host.name} itself, on ${spec.bridge}.`,
      fix: "Choose another address.",
    });
  if (sight.holder !== null)
    block({
      id: "vmid:taken",
      text: `VMID ${spec.vmid} is taken by ${sight.holder}.`,
      fix: "Type another VMID, or leave it empty for the next free one.",
    });
  if (spec.vmid === null && sight.likelyVmid === null)
    block({ id: "vmid:none", ...noneFree[what.range.setBy === "share" ? "share" : "node"] });
  imageFindings(what, found);
  const lacked = privilegeAdvice(what.needed, what.rights);
  if (lacked !== undefined) block({ id: "privileges", text: lacked.text, command: lacked.command });
  const inside = needsSsh(template);
  if (inside && !host.hasSsh)
    block({
      id: "ssh",
      text: `Node ${host.name} has no SSH access, or its host key is not confirmed: nothing can be installed in the container.`,
      fix: "Add SSH to the node under Nodes.",
    });
  if (Object.keys(rootOptions(spec)).length > 0) {
    if (host.hasSsh)
      found.notes.push({
        id: "root:features",
        text: "Nesting is set over SSH after the create call: in a privileged container Proxmox takes it from root@pam only, never from an API token.",
      });
    else if (!inside)
      block({
        id: "ssh:features",
        text: "Nesting in a privileged container can only be set by root@pam, which needs SSH.",
        fix: "Switch nesting off, make it unprivileged, or add SSH to the node.",
      });
  }
  for (const text of oddities(spec.network)) found.warnings.push({ id: "network:gateway", text });
  if (downloads(what) && !hasWayOut(spec.network)) {
    found.warnings.push({
      id: "network:no-way-out",
      text: "Without a gateway it reaches no package server, and this template downloads: that will fail, unless what it needs is served in its own network. Give it a gateway, or an address by DHCP.",
    });
  }
  if (sight.cpus !== null && spec.cores > sight.cpus)
    found.warnings.push({
      id: "cores",
      text: `It asks for ${spec.cores} cores, and node ${host.name} has ${sight.cpus}: it gets no more than those.`,
    });
  if (sight.memoryBytes !== null && spec.memoryMib * MIB > sight.memoryBytes)
    found.warnings.push({
      id: "memory",
      text: `It asks for ${spec.memoryMib} MiB of memory, and node ${host.name} has ${Math.floor(sight.memoryBytes / MIB)} MiB: it gets no more than that.`,
    });
  if (!spec.unprivileged)
    found.warnings.push({
      id: "privileged",
      text: "The container is privileged: whoever is root in it can harm the node.",
    });
  return found;
}

const MIB = 1024 ** 2;

/** A static address that the node's bridge has: whoever is on that network would reach one or the other. On a VLAN it is another network. */
function nodesOwn({ spec, sight }: Considered): string | undefined {
  if (spec.vlan !== null) return undefined;
  const bridge = sight.network.bridges.find(({ iface }) => iface === spec.bridge);
  const own = [bridge?.address, bridge?.cidr, bridge?.cidr6].flatMap((cidr) =>
    cidr ? [canonicalIp(cidr.split("/")[0] ?? "")] : [],
  );
  return staticAddresses(spec.network).find((address) => own.includes(address));
}

/** Packages are fetched by the container itself; what its scripts fetch is in the template's estimate. */
const downloads = ({ spec, template }: Considered): boolean =>
  template.packages.some(({ name }) => !spec.packagesOff.includes(name)) ||
  (template.estimate.downloadMib > 0 && template.scripts.some(({ name }) => !spec.scriptsOff.includes(name)));

function storageFindings(
  { spec, sight, host, template, promised }: Considered,
  { blockers, warnings }: Findings,
): void {
  const storage = sight.storages.find((one) => one.storage === spec.storage);
  if (storage === undefined || !(storage.content ?? "").split(",").includes("rootdir")) {
    blockers.push({
      id: `storage:${spec.storage}`,
      text: `Node ${host.name} has no storage ${spec.storage} for containers.`,
      fix: "Choose another storage.",
    });
    return;
  }
  if (storage.active === false || storage.enabled === false)
    blockers.push({
      id: `storage:${spec.storage}:off`,
      text: `Storage ${spec.storage} is not available at the moment.`,
    });
  const free = storage.avail ?? null;
  if (free === null) return;
  const { diskBytes, leastBytes } = promiseOf(spec, template);
  const thin = THIN.includes(storage.type);
  const needed = thin ? leastBytes : diskBytes;
  const taken = thin ? promised.leastBytes : promised.diskBytes;
  const words = promisedText({ promisedBytes: promised.diskBytes, promisedTo: promised.containers });
  const also = words === "" ? "" : `, of which ${words}`;
  if (free - taken < needed) {
    blockers.push({
      id: "storage:space",
      text: `Storage ${spec.storage} has ${gib(free)} free${also}; at least ${gib(needed)} are needed.`,
      fix: "Free some space, choose another storage, or ask for a smaller disk.",
    });
  } else if (free - promised.diskBytes < diskBytes) {
    warnings.push({
      id: "storage:promised",
      text: `The disk is promised ${gib(diskBytes)}, but storage ${spec.storage} has only ${gib(free)} free${also}: it can fill up.`,
    });
  }
}

function imageFindings({ spec, sight, host, template }: Considered, { blockers, warnings, notes }: Findings): void {
  const [storage = "", file = ""] = spec.osTemplate.split(":vztmpl/");
  if (!fitsOs(template.os, spec.osTemplate))
    warnings.push({
      id: "image:other",
      text: `${template.title} is made for ${template.os.family} ${template.os.version}; ${file} is another system.`,
    });
  if (sight.images.some(({ volid }) => volid === spec.osTemplate)) return;
  const holds = sight.storages.some(
    (one) => one.storage === storage && (one.content ?? "").split(",").includes("vztmpl"),
  );
  if (sight.unread !== null || !holds)
    blockers.push({
      id: `image:storage:${storage}`,
      text: `Storage ${storage} cannot be read for OS templates${sight.unread === null ? "" : `: ${sight.unread}`}.`,
      fix: "Choose another OS template.",
    });
  else if (sight.downloadable)
    notes.push({
      id: "image:download",
      text: `${file} is not on ${storage} yet: node ${host.name} downloads it first.`,
    });
  else
    blockers.push({
      id: "image:unknown",
      text: `${file} is neither on ${storage} nor in the node's catalogue of downloads.`,
      fix: "Choose another OS template, or refresh the catalogue on the node:",
      command: nodeCommands.updateCatalogue(),
    });
}

/** Everything this one create needs, by path. */
export function planPrivileges({ spec, sight, host: { pveName } }: Asked): NeededPrivilege[] {
  const [imageStorage = ""] = spec.osTemplate.split(":");
  const present = sight.images.some(({ volid }) => volid === spec.osTemplate);
  const seen = sight.network.bridges.some(({ iface }) => iface === spec.bridge);
  // Of a bridge that is not seen nobody knows the zone: that it is not seen is what stands in the way then.
  const zone = seen ? zoneOf(sight.network, spec.bridge) : null;
  return [
    ...guestPrivileges(pveName),
    containerStoragePrivilege(spec.storage),
    imageStoragePrivilege(imageStorage),
    ...(zone === null ? [] : [bridgePrivilege({ bridge: spec.bridge, zone, vlan: spec.vlan })]),
    ...(present
      ? []
      : [
          {
            path: `/storage/${imageStorage}`,
            privilege: "Datastore.AllocateTemplate",
            for: "download the OS template",
          },
        ]),
    // Since 9.0 (pve-container, API2/LXC.pm): a privileged container's root is the node's.
    ...(!spec.unprivileged && Number(sight.version.split(".")[0]) >= 9
      ? [{ path: "/", privilege: "Sys.Modify", for: "make a privileged container" }]
      : []),
  ];
}
