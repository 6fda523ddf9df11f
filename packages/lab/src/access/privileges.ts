// Privileges and built-in roles (pve-access-control, PVE/AccessControl.pm).

import type { Release } from "../version";

const common = [
  "Datastore.Allocate",
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
  "Group.Allocate",
  "Mapping.Audit",
  "Mapping.Modify",
  "Mapping.Use",
  "Permissions.Modify",
  "Pool.Allocate",
  "Pool.Audit",
  "Realm.Allocate",
  "Realm.AllocateUser",
  "SDN.Allocate",
  "SDN.Audit",
  "SDN.Use",
  "Sys.AccessNetwork",
  "Sys.Audit",
  "Sys.Console",
  "Sys.Incoming",
  "Sys.Modify",
  "Sys.PowerMgmt",
  "Sys.Syslog",
  "User.Modify",
  "VM.Allocate",
  "VM.Audit",
  "VM.Backup",
  "VM.Clone",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.Console",
  "VM.Migrate",
  "VM.PowerMgmt",
  "VM.Snapshot",
  "VM.Snapshot.Rollback",
];

function allPrivileges(release: Release): readonly string[] {
  return [...common, ...release.guestPrivileges];
}

/** Role name → privileges, of the roles every node has. */
export function builtinRoles(release: Release): Record<string, readonly string[]> {
  const all = allPrivileges(release);
  const adminOnly = ["Realm.Allocate", "Sys.Modify", "Sys.PowerMgmt", "Permissions.Modify", "Sys.AccessNetwork"];
  return {
    Administrator: all,
    NoAccess: [],
    PVEAdmin: all.filter((privilege) => !adminOnly.includes(privilege)),
    PVEAuditor: all.filter((privilege) => privilege.endsWith(".Audit")),
    PVEVMAdmin: all.filter((privilege) => privilege.startsWith("VM.")),
    PVEVMUser: ["VM.Audit", "VM.Backup", "VM.Config.CDROM", "VM.Config.Cloudinit", "VM.Console", "VM.PowerMgmt"],
    PVEDatastoreAdmin: all.filter((privilege) => privilege.startsWith("Datastore.")),
    PVEDatastoreUser: ["Datastore.AllocateSpace", "Datastore.Audit"],
    PVESDNAdmin: ["SDN.Allocate", "SDN.Audit", "SDN.Use"],
    PVESDNUser: ["SDN.Audit", "SDN.Use"],
  };
}
