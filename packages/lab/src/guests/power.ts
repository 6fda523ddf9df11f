// Start, stop, shutdown, reboot, destroy: refusals at the door, the rest in a task (API2/LXC/Status.pm).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { hasFault } from "../faults/hostname-faults";
import { died } from "../http/api-error";
import { netFormat, networks } from "../schema/lxc";
import { refuseMtu } from "./change-config";
import type { Task, TaskRun } from "../tasks/tasks";
import { applyPending } from "./pending";
import { refuseLocked } from "./guests";
import { mountsOf, volumeName } from "./mounts";
import { properties } from "./properties";
import { nameOf, specOf, type GuestRecord } from "./record";
import { noSuchVolume, ownedVolumes } from "./volumes";
import { guestTask } from "./worker";

/** Needs no existing guest: an unknown VMID is found out in the task only, as on a real node. */
export async function start(core: Core, actor: Actor, vmid: number): Promise<Task> {
  if (core.guests.find(vmid) !== undefined && (await core.host.running(vmid))) throw died(`CT ${vmid} already running`);
  if (core.faults.noQuorum) throw died("cluster not ready - no quorum?");
  return startGuest(core, actor, vmid);
}

export function startGuest(core: Core, actor: Actor, vmid: number): Task {
  return guestTask(core, { type: "vzstart", vmid, actor }, async (run) => {
    const record = core.guests.get(vmid);
    refuseLocked(record);
    if (record.options["template"] === "1") throw died("you can't start a CT if it's a template");
    if (await core.host.running(vmid)) return;
    await begin(core, record, run);
  });
}

async function begin(core: Core, before: GuestRecord, run: TaskRun): Promise<void> {
  const record = await applyPending(core, before);
  refuseBadRoot(record);
  for (const key of networks) if (record.options[key] !== undefined) refuseMtu(key, record.options[key]);
  const bridge = properties(record.options["net0"], netFormat)["bridge"];
  if (bridge !== undefined && bridge !== "vmbr0" && !core.vnets.list().some(({ vnet }) => vnet === bridge))
    throw died(`bridge '${bridge}' does not exist`);
  if (hasFault(nameOf(record), "slow-start")) await core.pace(6_000, run.signal);
  if (hasFault(nameOf(record), "fail-start")) throw died(`startup for container '${record.vmid}' failed`);
  await core.host.start(specOf(record, core.facts.cpus));
  if (hasFault(nameOf(record), "dies-early")) dieSoon(core, record.vmid);
}

const LIFE_MS = 300;

/** As one whose init is killed for want of memory: its start has succeeded, and no task says that it stopped. */
function dieSoon(core: Core, vmid: number): void {
  const end = async (): Promise<void> => {
    if ((await core.host.guests()).includes(vmid) && (await core.host.running(vmid))) await core.host.stop(vmid);
  };
  // Destroyed in the same moment, it is as gone as it was to be.
  setTimeout(() => void end().catch(() => undefined), LIFE_MS).unref();
}

/** A root disk that a change of the config replaced by nonsense: Proxmox takes it and finds out here. */
function refuseBadRoot(record: GuestRecord): void {
  const root = mountsOf(record.options).find(({ key }) => key === "rootfs");
  if (root !== undefined && !new RegExp(`^(vm|base)-${record.vmid}-disk-\\d+$`).test(volumeName(root.volid)))
    throw died(noSuchVolume(root.volid));
}

export async function stop(core: Core, actor: Actor, vmid: number): Promise<Task> {
  await demandRunning(core, vmid, "CT");
  return guestTask(core, { type: "vzstop", vmid, actor }, async () => {
    refuseLocked(core.guests.get(vmid));
    if (await core.host.running(vmid)) await core.host.stop(vmid);
  });
}

export async function shutdown(
  core: Core,
  actor: Actor,
  what: { vmid: number; timeoutS: number; forceStop: boolean },
): Promise<Task> {
  const { vmid } = what;
  await demandRunning(core, vmid, "CT");
  return guestTask(core, { type: "vzshutdown", vmid, actor }, async (run) => {
    refuseLocked(core.guests.get(vmid));
    if (await halted(core, { ...what, run })) return;
    if (!what.forceStop) throw died("container did not stop");
    await core.host.stop(vmid);
  });
}

export async function reboot(core: Core, actor: Actor, what: { vmid: number; timeoutS: number }): Promise<Task> {
  const { vmid } = what;
  // Proxmox says VM here, and CT everywhere else.
  await demandRunning(core, vmid, "VM");
  return guestTask(core, { type: "vzreboot", vmid, actor }, async (run) => {
    refuseLocked(core.guests.get(vmid));
    if (!(await halted(core, { ...what, run }))) await core.host.stop(vmid);
    await begin(core, core.guests.get(vmid), run);
  });
}

async function halted(core: Core, what: { vmid: number; timeoutS: number; run: TaskRun }): Promise<boolean> {
  const { vmid, timeoutS, run } = what;
  if (!(await core.host.running(vmid))) return true;
  if (hasFault(nameOf(core.guests.get(vmid)), "ignore-shutdown")) {
    await core.pace(timeoutS * 1000, run.signal);
    return false;
  }
  return core.host.shutdown(vmid, timeoutS * 1000);
}

/** Asked before the configuration is read: a guest that is not there does not run either. */
async function demandRunning(core: Core, vmid: number, noun: "CT" | "VM"): Promise<void> {
  if (core.guests.find(vmid) === undefined || !(await core.host.running(vmid)))
    throw died(`${noun} ${vmid} not running`);
}

export async function destroy(
  core: Core,
  actor: Actor,
  what: { vmid: number; force: boolean; purge: boolean },
): Promise<Task> {
  const { vmid, force, purge } = what;
  const record = core.guests.get(vmid);
  if (record.options["protection"] === "1") throw died(`can't remove CT ${vmid} - protection mode enabled`);
  refuseLocked(record);
  if (!force && (await core.host.running(vmid))) throw died(`unable to destroy CT ${vmid} - container is running`);
  return guestTask(core, { type: "vzdestroy", vmid, actor }, async (run) => {
    const now = core.guests.get(vmid);
    refuseLocked(now);
    if (hasFault(nameOf(now), "fail-destroy"))
      throw died(`lvremove 'pve/vm-${vmid}-disk-0' error:   Logical volume is in use.`);
    if (await core.host.running(vmid)) {
      if (!force) throw died(`unable to destroy CT ${vmid} - container is running`);
      run.log(`forced to stop CT ${vmid} before destroying!`);
      await core.host.stop(vmid);
    }
    await core.pace(150, run.signal);
    if ((await core.host.guests()).includes(vmid)) await core.host.destroy(vmid);
    for (const volid of ownedVolumes(now).keys())
      run.log(`  Logical volume "${volumeName(volid)}" successfully removed.`);
    if (purge) run.log(`purging CT ${vmid} from related configurations..`);
    core.access.removeAcl(`/vms/${vmid}`);
    core.pools.forgetGuest(vmid);
    core.guests.remove(vmid);
  });
}
