// Snapshots: take, roll back, delete, describe (pve-guest-common, PVE/AbstractConfig.pm snapshot_create and its siblings).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { died } from "../http/api-error";
import type { Task, TaskRun } from "../tasks/tasks";
import { refuseLocked } from "./guests";
import { mountsOf } from "./mounts";
import { startGuest } from "./power";
import { specOf, type GuestRecord } from "./record";
import { withUnused } from "./volumes";
import { guestTask, lockTimeoutMs } from "./worker";

interface Named {
  vmid: number;
  name: string;
}

/** Options of the config that a snapshot neither keeps nor brings back. */
const notKept = /^(lock|description|unused\d+)$/;

/** Refused only in the task: a name that is taken, a template, a lock. */
export function takeSnapshot(
  core: Core,
  actor: Actor,
  { vmid, name, description = "" }: Named & { description?: string | undefined },
): Task {
  if (name === "current" || name === "vzdump") throw died(`unable to use snapshot name '${name}' (reserved name)`);
  return guestTask(core, { type: "vzsnapshot", vmid, actor }, async (run) => {
    const record = core.guests.get(vmid);
    if (record.options["template"] === "1") throw died("you can't take a snapshot if it's a template");
    refuseLocked(record);
    if (record.snapshots?.[name] !== undefined) throw died(`snapshot name '${name}' already used`);
    if (core.storages.isFull("local-lvm"))
      throw died(
        `lvcreate snapshot 'pve/snap_vm-${vmid}-disk-0_${name}' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.`,
      );
    await locked(core, { record, lock: "snapshot", run }, () =>
      core.host.takeSnapshot(specOf(record, core.facts.cpus), name),
    );
    run.log(`  Logical volume "snap_vm-${vmid}-disk-0_${name}" created.`);
    const kept: Record<string, string> = {
      ...Object.fromEntries(Object.entries(record.options).filter(([key]) => !notKept.test(key))),
    };
    kept["snaptime"] = String(Math.floor(core.clock.now() / 1000));
    if (description !== "") kept["description"] = description;
    core.guests.save({
      ...record,
      options: { ...record.options, parent: name },
      snapshots: { ...record.snapshots, [name]: kept },
    });
  });
}

/** Stops a running container; `start` begins a task of its own afterwards. */
export function rollback(core: Core, actor: Actor, { vmid, name, start }: Named & { start: boolean }): Task {
  return guestTask(core, { type: "vzrollback", vmid, actor }, async (run) => {
    const record = core.guests.get(vmid);
    if (record.options["template"] === "1") throw died("you can't rollback if vm is a template");
    const kept = snapshotOf(record, name);
    refuseLocked(record);
    if (await core.host.running(vmid)) await core.host.stop(vmid);
    await locked(core, { record, lock: "rollback", run }, () => core.host.rollback(vmid, name));
    const stays = Object.fromEntries(
      Object.entries(record.options).filter(([key]) => /^(description|unused\d+)$/.test(key)),
    );
    const { snaptime: _s, description: _d, ...back } = kept;
    let now: GuestRecord = { ...record, options: { ...stays, ...back, parent: name }, pending: {} };
    for (const { volid } of mountsOf(record.options)) now = withUnusedNow(now, volid);
    core.guests.save(now);
    await core.host.apply(specOf(now, core.facts.cpus));
    run.log(`  Logical volume pve/vm-${vmid}-disk-0 rolled back to snapshot ${name}.`);
    if (start) startGuest(core, actor, vmid);
  });
}

export function deleteSnapshot(core: Core, actor: Actor, { vmid, name }: Named): Task {
  return guestTask(core, { type: "vzdelsnapshot", vmid, actor }, async (run) => {
    const record = core.guests.get(vmid);
    const { parent } = snapshotOf(record, name);
    refuseLocked(record);
    if (record.options["template"] === "1") throw died("you can't delete a snapshot if vm is a template");
    await locked(core, { record, lock: "snapshot-delete", run }, () => core.host.removeSnapshot(vmid, name));
    run.log(`  Logical volume "snap_vm-${vmid}-disk-0_${name}" successfully removed.`);
    // Who came after it hangs on what came before it.
    const { [name]: gone, ...others } = record.snapshots ?? {};
    const snapshots = Object.fromEntries(
      Object.entries(others).map(([key, options]) => [key, relinked(options, name, parent)]),
    );
    let now: GuestRecord = { ...record, options: relinked(record.options, name, parent), snapshots };
    for (const { volid } of mountsOf(gone ?? {})) now = withUnusedNow(now, volid);
    core.guests.save(now);
  });
}

export async function describeSnapshot(
  core: Core,
  { vmid, name, description }: Named & { description: string | undefined },
): Promise<void> {
  if (description === undefined) return;
  await core.flocks.with(vmid, lockTimeoutMs, () => {
    const record = core.guests.get(vmid);
    refuseLocked(record);
    const { description: _, ...rest } = snapshotOf(record, name);
    const kept = description === "" ? rest : { ...rest, description };
    core.guests.save({ ...record, snapshots: { ...record.snapshots, [name]: kept } });
    return Promise.resolve();
  });
}

export function snapshotOf(record: GuestRecord, name: string): Record<string, string> {
  const found = Object.hasOwn(record.snapshots ?? {}, name) ? record.snapshots?.[name] : undefined;
  if (found === undefined) throw died(`snapshot '${name}' does not exist`);
  return found;
}

/** A volume that only the state before had is kept as unused, if it is not so already. */
function withUnusedNow(record: GuestRecord, volid: string): GuestRecord {
  return Object.entries(record.options).some(([key, value]) => key.startsWith("unused") && value === volid)
    ? record
    : withUnused(record, volid);
}

function relinked(options: Record<string, string>, gone: string, parent: string | undefined): Record<string, string> {
  if (options["parent"] !== gone) return options;
  const { parent: _, ...rest } = options;
  return parent === undefined ? rest : { ...rest, parent };
}

/** Works under a config lock; who is killed leaves it, as a node does. */
async function locked(
  core: Core,
  { record, lock, run }: { record: GuestRecord; lock: string; run: TaskRun },
  work: () => Promise<void>,
): Promise<void> {
  core.guests.save({ ...record, options: { ...record.options, lock } });
  try {
    await work();
  } catch (failure) {
    if (!run.signal.aborted) core.guests.save(record);
    throw failure;
  }
  run.signal.throwIfAborted();
}
