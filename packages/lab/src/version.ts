// What differs between the Proxmox releases the lab can be; seen on real 8.4.21 and 9.2.11 nodes.

export type LabVersion = "9.2" | "8.4";

export interface Release {
  release: LabVersion;
  version: string;
  repoid: string;
  /** 9.x makes an unprivileged container when nothing is said, 8.x a privileged one. */
  unprivilegedByDefault: boolean;
  /** 9.x wants Sys.Modify on / for a privileged container. */
  privilegedNeedsSysModify: boolean;
  /** 9.x ends a create of a systemd guest without nesting in `WARNINGS: 1`. */
  warnsWithoutNesting: boolean;
  /** Pressure stall values, `memhost`, `memory.available`, cpu vendor and family. */
  hasPressure: boolean;
  /** Why a running container is not copied without a snapshot. */
  cloneOfRunning: string;
  zoneType: "network" | "sdn";
  guestPrivileges: readonly string[];
  /** Options of a container that came with 9.1; 8.x refuses them as unknown. */
  hasEnvironment: boolean;
}

const releases: Record<LabVersion, Release> = {
  "9.2": {
    release: "9.2",
    version: "9.2.11",
    repoid: "14a22df35955d97d",
    unprivilegedByDefault: true,
    privilegedNeedsSysModify: true,
    warnsWithoutNesting: true,
    hasPressure: true,
    cloneOfRunning: "Full clone of a running container is only possible from a snapshot",
    zoneType: "network",
    hasEnvironment: true,
    guestPrivileges: [
      "VM.GuestAgent.Audit",
      "VM.GuestAgent.FileRead",
      "VM.GuestAgent.FileSystemMgmt",
      "VM.GuestAgent.FileWrite",
      "VM.GuestAgent.Unrestricted",
      "VM.Replicate",
    ],
  },
  "8.4": {
    release: "8.4",
    version: "8.4.21",
    repoid: "2606ac850d46da29",
    unprivilegedByDefault: false,
    privilegedNeedsSysModify: false,
    warnsWithoutNesting: false,
    hasPressure: false,
    cloneOfRunning: "Cannot do full clones on a running container without snapshots",
    zoneType: "sdn",
    hasEnvironment: false,
    guestPrivileges: ["VM.Monitor"],
  },
};

export function releaseOf(version: LabVersion): Release {
  return releases[version];
}
