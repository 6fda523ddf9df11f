// PUT resize of the root disk or a mount point.

import type { Actor } from "../access/actor";
import { demand } from "../access/permissions";
import type { Core } from "../core";
import { ApiError, died } from "../http/api-error";
import type { Params } from "../schema/verify";
import type { Task } from "../tasks/tasks";
import { refuseLocked } from "./guests";
import { mountGib, mountsOf, volumeName } from "./mounts";
import { printGib, printMount } from "./print";
import { toGib } from "./properties";
import { digestOf, specOf } from "./record";
import { storageOf } from "./volumes";
import { guestTask } from "./worker";

export async function resize(core: Core, actor: Actor, params: Params): Promise<Task> {
  const vmid = Number(params["vmid"]);
  demand({ access: core.access, actor }, `/vms/${vmid}`, "VM.Config.Disk");
  demand({ access: core.access, actor }, `/vms/${vmid}`, "VM.Config.Options");
  const record = core.guests.get(vmid);
  if ((params["digest"] ?? "") !== "" && params["digest"] !== digestOf(record)) {
    throw died("detected modified configuration - file changed by other user? Try again.");
  }
  refuseLocked(record);
  const disk = params["disk"] ?? "";
  const mount = mountsOf(record.options).find(({ key }) => key === disk);
  if (mount === undefined) {
    const gone = "property is missing and it is not optional";
    throw new ApiError(500, "format error", { volume: gone, mp: gone });
  }
  demand({ access: core.access, actor }, `/storage/${storageOf(mount.volid)}`, "Datastore.AllocateSpace");
  const size = params["size"] ?? "";
  const old = mountGib(record.options, disk);
  const wanted = size.startsWith("+") ? old + toGib(size.slice(1)) : toGib(size);
  if (wanted < old) throw died("unable to shrink disk size");
  if (wanted === old) throw died("disk is already at specified size");

  return guestTask(core, { type: "resize", vmid, actor }, async (run) => {
    const now = core.guests.get(vmid);
    await core.pace(400, run.signal);
    const options = { ...now.options, [disk]: printMount(disk, now.options[disk] ?? "", { size: printGib(wanted) }) };
    const volumes = now.volumes?.[mount.volid] === undefined ? now.volumes : { ...now.volumes, [mount.volid]: wanted };
    const changed = { ...now, options, ...(volumes === undefined ? {} : { volumes }) };
    await core.host.apply(specOf(changed, core.facts.cpus));
    core.guests.save(changed);
    run.log(
      `  Size of logical volume pve/${volumeName(mount.volid)} changed from ${old.toFixed(2)} GiB to ${wanted.toFixed(2)} GiB.`,
    );
    run.log("Image resized.");
    run.log("resize2fs 1.47.2 (1-Jan-2025)");
  });
}
