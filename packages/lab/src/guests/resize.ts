// PUT resize of the root disk.

import type { Actor } from "../access/actor";
import { demand } from "../access/permissions";
import type { Core } from "../core";
import { ApiError, died } from "../http/api-error";
import type { Params } from "../schema/verify";
import type { Task } from "../tasks/tasks";
import { printGib } from "./create-guest";
import { refuseLocked } from "./guests";
import { digestOf, diskGib, specOf, toGib } from "./record";
import { guestTask } from "./worker";

export async function resize(core: Core, actor: Actor, params: Params): Promise<Task> {
  const vmid = Number(params["vmid"]);
  demand({ access: core.access, actor }, `/vms/${vmid}`, "VM.Config.Disk");
  demand({ access: core.access, actor }, `/vms/${vmid}`, "VM.Config.Options");
  const record = core.guests.get(vmid);
  if (params["digest"] !== undefined && params["digest"] !== digestOf(record)) {
    throw died("detected modified configuration - file changed by other user? Try again.");
  }
  refuseLocked(record);
  if (params["disk"] !== "rootfs") {
    const gone = "property is missing and it is not optional";
    throw new ApiError(500, "format error", { volume: gone, mp: gone });
  }
  const storage = (record.options["rootfs"] ?? "").split(":")[0] ?? "";
  demand({ access: core.access, actor }, `/storage/${storage}`, "Datastore.AllocateSpace");
  const size = params["size"] ?? "";
  const old = diskGib(record);
  const wanted = size.startsWith("+") ? old + toGib(size.slice(1)) : toGib(size);
  if (wanted < old) throw died("unable to shrink disk size");
  if (wanted === old) throw died("disk is already at specified size");

  return guestTask(core, { type: "resize", vmid, actor }, async (run) => {
    const now = core.guests.get(vmid);
    await core.pace(400, run.signal);
    const volume = (now.options["rootfs"] ?? "").replace(/,size=[^,]*/, "");
    const changed = { ...now, options: { ...now.options, rootfs: `${volume},size=${printGib(wanted)}` } };
    await core.host.apply(specOf(changed, core.facts.cpus));
    core.guests.save(changed);
    run.log(`  Size of logical volume pve/vm-${vmid}-disk-0 changed from ${old.toFixed(2)} GiB to ${wanted.toFixed(2)} GiB.`);
    run.log("Image resized.");
    run.log("resize2fs 1.47.2 (1-Jan-2025)");
  });
}
