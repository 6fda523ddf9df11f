// What POST lxc refuses before anything is written, in Proxmox's order.

import type { Actor } from "../access/actor";
import { demand, demandAny, has } from "../access/permissions";
import type { Core } from "../core";
import { ApiError, denied, died, invalid } from "../http/api-error";
import { rootfsFormat } from "../schema/lxc";
import { flag, integer, type Params } from "../schema/verify";
import { checkOptionRights, refuseNewlines, refuseUnknownOptions } from "./option-rights";
import { mountsOf } from "./mounts";
import { properties } from "./properties";
import { checkKeys } from "./ssh-keys";
import { noSuchVolume, refuseContent, storageOf, wantedVolume } from "./volumes";

export interface CreatePlan {
  template: string;
  storage: string;
  diskGib: number;
  /** Why a volume that was named instead of a size cannot be had: found out in the task. */
  existing?: string;
}

export async function checkCreate(core: Core, actor: Actor, params: Params): Promise<CreatePlan> {
  const { access, facts, guests, storages, release } = core;
  const vmid = integer(params, "vmid") ?? 0;
  if (core.faults.noQuorum) throw died("cluster not ready - no quorum?");
  const unprivileged =
    params["unprivileged"] === undefined ? release.unprivilegedByDefault : flag(params, "unprivileged");
  refuseUnknownOptions(core, params);
  refuseNewlines(params);
  if (flag(params, "restore")) throw new ApiError(501, "the lab does not restore backups");
  if (flag(params, "unique")) throw invalid({ unique: "missing - 'restore'" });
  if (!unprivileged && release.privilegedNeedsSysModify) demand({ access, actor }, "/", "Sys.Modify");
  if (guests.find(vmid) !== undefined) throw died(`CT ${vmid} already exists on node '${facts.name}'`);
  demandAllocate(core, actor, { vmid, pool: params["pool"] });
  if (flag(params, "ha-managed")) {
    demand({ access, actor }, "/", "Sys.Console");
    throw new ApiError(501, "the lab has no HA");
  }
  const { node: _n, vmid: _v, ...rest } = params;
  checkOptionRights(core, actor, { vmid, pool: params["pool"], unprivileged, options: rest });
  // Its guests share this machine's kernel without AppArmor: root in a privileged one would be root here.
  if (!unprivileged && core.host.kind === "lxc")
    throw died("the lab makes unprivileged containers only, as a privileged one would be root on this machine");
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
  for (const { key, volid } of mountsOf(params)) if (key !== "rootfs") refuseContent(core, storageOf(volid));
  const existing = [
    rootfs.existing,
    ...mountsOf(params)
      .filter(({ key }) => key !== "rootfs")
      .map(({ volid }) => volid),
  ];
  const named = existing.find((volid) => volid !== undefined && wantedVolume(volid) === undefined);
  return {
    template,
    storage: target.name,
    diskGib: rootfs.gib,
    ...(named === undefined ? {} : { existing: noSuchVolume(named) }),
  };
}

/** `VM.Allocate` on the new guest, or on the pool it goes into. */
export function demandAllocate(
  core: Core,
  actor: Actor,
  { vmid, pool }: { vmid: number; pool: string | undefined },
): void {
  if (pool !== undefined && core.pools.find(pool) === undefined) throw denied(`pool '${pool}' does not exist`);
  const who = { access: core.access, actor };
  if (!has(who, `/vms/${vmid}`, "VM.Allocate") && (pool === undefined || !has(who, `/pool/${pool}`, "VM.Allocate")))
    throw denied();
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

function rootfsOf(text: string | undefined, fallback: string): { storage: string; gib: number; existing?: string } {
  if (text === undefined) return { storage: fallback, gib: 4 };
  const volume = properties(text, rootfsFormat)["volume"] ?? "";
  if (/^\d+(\.\d+)?$/.test(volume)) return { storage: fallback, gib: Number(volume) };
  const match = /^([a-zA-Z][\w.-]*):(.*)$/.exec(volume);
  const [, storage = "", rest = ""] = match ?? [];
  if (match === null) throw denied("mount point type bind is only allowed for root@pam");
  if (/^\d+(\.\d+)?$/.test(rest)) return { storage, gib: Number(rest) };
  // A unit suffix makes it the name of a volume, as on a real node.
  if (/^\d+[KMGT]$/.test(rest)) throw died(`unable to parse lvm volume name '${rest}'`);
  return { storage, gib: 0, existing: volume };
}
