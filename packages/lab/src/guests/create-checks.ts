// What POST lxc refuses before anything is written, in Proxmox's order.

import type { Actor } from "../access/actor";
import { demand, demandAny, has } from "../access/permissions";
import type { Core } from "../core";
import { ApiError, denied, died, invalid } from "../http/api-error";
import { rootfsFormat } from "../schema/lxc";
import { flag, integer, type Params } from "../schema/verify";
import { checkOptionRights } from "./option-rights";
import { properties, toGib } from "./record";
import { checkKeys } from "./ssh-keys";

export interface CreatePlan {
  template: string;
  storage: string;
  diskGib: number;
}

export async function checkCreate(core: Core, actor: Actor, params: Params): Promise<CreatePlan> {
  const { access, facts, guests, storages, release } = core;
  const vmid = integer(params, "vmid") ?? 0;
  if (core.faults.noQuorum) throw died("cluster not ready - no quorum?");
  const unprivileged = params["unprivileged"] === undefined ? release.unprivilegedByDefault : flag(params, "unprivileged");
  if (flag(params, "restore")) throw new ApiError(501, "the lab does not restore backups");
  if (flag(params, "unique")) throw invalid({ unique: "missing - 'restore'" });
  if (!unprivileged && release.privilegedNeedsSysModify) demand({ access, actor }, "/", "Sys.Modify");
  if (guests.find(vmid) !== undefined) throw died(`CT ${vmid} already exists on node '${facts.name}'`);
  if (params["pool"] !== undefined) throw denied(`pool '${params["pool"]}' does not exist`);
  if (!has({ access, actor }, `/vms/${vmid}`, "VM.Allocate")) throw denied();
  const { node: _n, vmid: _v, ...rest } = params;
  checkOptionRights(core, actor, { vmid, unprivileged, options: rest });
  if (params["ssh-public-keys"] !== undefined) checkKeys(params["ssh-public-keys"]);

  const template = templateFile(core, actor, params["ostemplate"] ?? "");
  const storage = params["storage"] ?? "local";
  const rootfs = rootfsOf(params["rootfs"], storage);
  const target = storages.get(rootfs.storage);
  if (!target.content.includes("rootdir") && !target.content.includes("images")) {
    throw invalid({ storage: `storage '${target.name}' does not support container directories` });
  }
  demand({ access, actor }, `/storage/${target.name}`, "Datastore.AllocateSpace");
  if (Object.keys(params).some((key) => /^mp\d+$/.test(key)) && params["rootfs"] === undefined) {
    throw died("mount points configured, but 'rootfs' not set - aborting");
  }
  return { template, storage: target.name, diskGib: rootfs.gib };
}

/** `local:vztmpl/<file>`; whether the file is there is found out only in the task. */
function templateFile(core: Core, actor: Actor, volid: string): string {
  const match = /^([a-zA-Z][\w.-]*):vztmpl\/([^/]+)$/.exec(volid);
  const [, storage = "", file = ""] = match ?? [];
  if (match === null) {
    if (!/^[a-zA-Z][\w.-]*:/.test(volid)) {
      throw died("Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line 651.");
    }
    throw died(`unable to parse directory volume name '${volid.slice(volid.indexOf(":") + 1)}'`);
  }
  core.storages.get(storage);
  demandAny({ access: core.access, actor }, `/storage/${storage}`, ["Datastore.Audit", "Datastore.AllocateSpace"]);
  return file;
}

function rootfsOf(text: string | undefined, fallback: string): { storage: string; gib: number } {
  if (text === undefined) return { storage: fallback, gib: 4 };
  const volume = properties(text, rootfsFormat)["volume"] ?? "";
  if (/^\d+(\.\d+)?$/.test(volume)) return { storage: fallback, gib: Number(volume) };
  const match = /^([a-zA-Z][\w.-]*):(.*)$/.exec(volume);
  const [, storage = "", rest = ""] = match ?? [];
  if (match === null) throw denied("mount point type bind is only allowed for root@pam");
  if (/^\d+(\.\d+)?$/.test(rest)) return { storage, gib: Number(rest) };
  // A unit suffix makes it the name of a volume, as on a real node.
  if (/^\d+[KMGT]$/.test(rest)) throw died(`unable to parse lvm volume name '${rest}'`);
  return { storage, gib: toGib("4G") };
}
