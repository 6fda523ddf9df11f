// The rights a token needs for what Homeport does, by the path where Proxmox checks them, and which of them it lacks.
// Source: the `permissions` blocks of pve-container's API2/LXC*.pm and pve-storage's API2/Storage, PVE/GuestHelpers.pm.

export interface NeededPrivilege {
  path: string;
  privilege: string;
  for: string;
  /** Checked at paths below this one, which are not known yet: a right that does not propagate is none. */
  below?: true;
}

/** Path → privilege → whether it propagates: what is in force at exactly these paths (GET /access/permissions?path=…). */
export type Effective = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** For every container, wherever its disk and its network are. */
export function guestPrivileges(pveName: string): NeededPrivilege[] {
  const vms = (privilege: string, purpose: string): NeededPrivilege => ({
    path: "/vms",
    privilege,
    for: purpose,
    below: true,
  });
  return [
    vms("VM.Allocate", "create and destroy containers"),
    vms("VM.Audit", "read their state"),
    vms("VM.Config.CPU", "set cores"),
    vms("VM.Config.Disk", "set the disk"),
    vms("VM.Config.Memory", "set memory and swap"),
    vms("VM.Config.Network", "set hostname and network"),
    vms("VM.Config.Options", "set tags, description and start on boot"),
    vms("VM.PowerMgmt", "start and stop containers"),
    { path: `/nodes/${pveName}`, privilege: "Sys.Audit", for: "read the node's state" },
  ];
}

export const containerStoragePrivilege = (storage: string): NeededPrivilege => ({
  path: `/storage/${storage}`,
  privilege: "Datastore.AllocateSpace",
  for: "hold containers' disks",
});
export const imageStoragePrivilege = (storage: string): NeededPrivilege => ({
  path: `/storage/${storage}`,
  privilege: "Datastore.Audit",
  for: "read OS templates",
});

/** The zone of a bridge that is not a virtual network of a zone of its own. */
export const LOCAL_ZONE = "localnetwork";

/** `zone` null: not known, and then the right is not in doubt (see zoneOf in temporal). With a VLAN, Proxmox asks for that alone. */
export function bridgePrivilege({
  bridge,
  zone,
  vlan = null,
}: {
  bridge: string;
  zone: string;
  vlan?: number | null;
}): NeededPrivilege {
  return {
    path: `/sdn/zones/${zone}/${bridge}${vlan === null ? "" : `/${vlan}`}`,
    privilege: "SDN.Use",
    for: "attach containers to the network",
  };
}

export function missingPrivileges(needed: readonly NeededPrivilege[], effective: Effective): NeededPrivilege[] {
  return needed.filter(({ path, privilege, below }) => {
    const propagates = effective[path]?.[privilege];
    return propagates === undefined || (below === true && propagates !== 1);
  });
}
