// The rights a token needs for what Homeport does, by path, and which of them it lacks.
// Source: the `permissions` blocks of pve-container's API2/LXC*.pm and pve-storage's API2/Storage.

export interface NeededPrivilege {
  path: string;
  privilege: string;
  for: string;
}

/** Storages and bridges are named where they are known; each is its own path in Proxmox's ACL. */
export function neededPrivileges(names: { pveName: string; containerStorages: readonly string[]; templateStorages: readonly string[] }): NeededPrivilege[] {
  const vms = (privilege: string, purpose: string) => ({ path: "/vms", privilege, for: purpose });
  return [
    vms("VM.Allocate", "create and destroy containers"),
    vms("VM.Audit", "read their state"),
    vms("VM.Config.CPU", "set cores"),
    vms("VM.Config.Disk", "set the disk"),
    vms("VM.Config.Memory", "set memory and swap"),
    vms("VM.Config.Network", "set hostname and network"),
    vms("VM.Config.Options", "set tags, description and start on boot"),
    vms("VM.PowerMgmt", "start and stop containers"),
    { path: `/nodes/${names.pveName}`, privilege: "Sys.Audit", for: "read the node's state" },
    { path: "/sdn/zones/localnetwork", privilege: "SDN.Use", for: "attach containers to bridges" },
    ...names.containerStorages.map((storage) => ({ path: `/storage/${storage}`, privilege: "Datastore.AllocateSpace", for: "hold containers' disks" })),
    ...names.templateStorages.map((storage) => ({ path: `/storage/${storage}`, privilege: "Datastore.Audit", for: "read OS templates" })),
  ];
}

/**
 * The needed privileges that `permissions` (GET /access/permissions of the token itself: path → privilege → propagate)
 * does not grant. The nearest listed ancestor decides, as a deeper entry replaces what was inherited; above the
 * path itself it counts only when it propagates.
 */
export function missingPrivileges(needed: readonly NeededPrivilege[], permissions: Readonly<Record<string, Readonly<Record<string, number>>>>): NeededPrivilege[] {
  return needed.filter(({ path, privilege }) => {
    for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
      const here = permissions[at];
      if (here) return at === path ? here[privilege] === undefined : here[privilege] !== 1;
      if (at === "/") return true;
    }
  });
}
