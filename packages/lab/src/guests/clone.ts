// POST clone and template: a copy of a container, or of its snapshot (pve-container, API2/LXC.pm clone_vm, template).

import type { Actor } from "../access/actor";
import { demand } from "../access/permissions";
import type { Core } from "../core";
import { died, messageOf } from "../http/api-error";
import { flag, type Params } from "../schema/verify";
import type { Task, TaskRun } from "../tasks/tasks";
import { demandAllocate } from "./create-checks";
import { refuseLocked } from "./guests";
import { mountsOf, volumeName, type Mount } from "./mounts";
import { checkBridge } from "./option-rights";
import { printMount, printNet, randomMac } from "./print";
import { specOf, type GuestRecord } from "./record";
import { snapshotOf } from "./snapshots";
import { refuseContent, storageOf } from "./volumes";
import { applyTaskFault, guestTask } from "./worker";

/** Options of the source that its copy does not have. */
const notCopied = /^(lock|parent|snaptime|template|unused\d+)$/;

export async function clone(core: Core, actor: Actor, params: Params): Promise<Task> {
  const [vmid, newid] = [Number(params["vmid"]), Number(params["newid"])];
  const source = core.guests.get(vmid);
  demandAllocate(core, actor, { vmid: newid, pool: params["pool"] });
  if (params["storage"] !== undefined) refuseContent(core, params["storage"]);
  if (core.faults.noQuorum) throw died("cluster not ready - no quorum?");
  refuseLocked(source);
  if (core.guests.find(newid) !== undefined) throw died(`CT ${newid} already exists on node '${core.facts.name}'`);
  const made = await planned(core, actor, { source, params, newid });
  core.guests.save({ ...source, options: { ...source.options, lock: "disk" } });
  core.guests.save({ ...made, options: { lock: "create" } });
  return core.tasks.run({ type: "vzclone", id: String(vmid), actor }, (run) =>
    copy(core, { source, made, params, run }),
  );
}

/** The new guest's record, or why there can be none. */
async function planned(
  core: Core,
  actor: Actor,
  { source, params, newid }: { source: GuestRecord; params: Params; newid: number },
): Promise<GuestRecord> {
  const { snapname, storage } = params;
  const full = params["full"] === undefined ? source.options["template"] !== "1" : flag(params, "full");
  if (storage !== undefined && !full) throw died("parameter 'storage' not allowed for linked clones");
  const options = snapname === undefined ? source.options : snapshotOf(source, snapname);
  const running = await core.host.running(source.vmid);
  const mounts = mountsOf(options);
  for (const { volid } of mounts) {
    demand({ access: core.access, actor }, `/storage/${storage ?? storageOf(volid)}`, "Datastore.AllocateSpace");
    if (full && running && snapname === undefined) throw died(core.release.cloneOfRunning);
    if (!full && snapname === undefined && source.options["template"] !== "1")
      throw died(`Linked clone feature for '${volid}' is not available`);
  }
  const copied = Object.entries(options)
    .filter(([key]) => !notCopied.test(key))
    .map(([key, value]) => [key, /^net\d+$/.test(key) ? newMac(value) : value] as const);
  for (const [key, value] of copied) if (/^net\d+$/.test(key) && !actor.root) checkBridge(core, actor, value);
  const disks = mounts.map((mount, number) => [mount.key, diskOf(options, { mount, newid, number, storage })] as const);
  const { hostname, description } = params;
  return {
    vmid: newid,
    template: source.template,
    pending: {},
    options: {
      ...Object.fromEntries([...copied, ...disks]),
      ...(hostname === undefined ? {} : { hostname }),
      ...(description === undefined ? {} : { description }),
    },
    volumes: Object.fromEntries(
      mountsOf(Object.fromEntries(disks)).flatMap(({ key, volid }, number) =>
        key === "rootfs" ? [] : [[volid, source.volumes?.[mounts[number]?.volid ?? ""] ?? 0]],
      ),
    ),
    ...(source.passwordHash === undefined ? {} : { passwordHash: source.passwordHash }),
    ...(source.sshPublicKeys === undefined ? {} : { sshPublicKeys: source.sshPublicKeys }),
  };
}

const newMac = (net: string): string => printNet(net.replace(/hwaddr=[^,]*/, `hwaddr=${randomMac()}`));

function diskOf(
  options: Record<string, string>,
  what: { mount: Mount; newid: number; number: number; storage: string | undefined },
): string {
  const { mount, newid, number, storage } = what;
  return printMount(mount.key, options[mount.key] ?? "", {
    volume: `${storage ?? storageOf(mount.volid)}:vm-${newid}-disk-${number}`,
  });
}

async function copy(
  core: Core,
  { source, made, params, run }: { source: GuestRecord; made: GuestRecord; params: Params; run: TaskRun },
): Promise<void> {
  const { vmid } = source;
  const full = params["full"] === undefined ? source.options["template"] !== "1" : flag(params, "full");
  const snapshot = params["snapname"];
  const before = mountsOf(snapshot === undefined ? source.options : snapshotOf(source, snapshot));
  const after = mountsOf(made.options);
  try {
    await applyTaskFault(core, { type: "vzclone", vmid }, run);
    run.log(`creating a clone of container ${vmid} with ID ${made.vmid}`);
    before.forEach(({ key, volid }, number) => {
      run.log(
        full
          ? `create full clone of mountpoint ${key} (${volid})`
          : `create linked clone of mount point ${key} (${volid})`,
      );
      run.log(`  Logical volume "${volumeName(after[number]?.volid ?? "")}" created.`);
    });
    const pairs = before.flatMap(({ key, volid }, number) =>
      key === "rootfs" ? [] : [[volumeName(volid), volumeName(after[number]?.volid ?? "")]],
    );
    const volumes = Object.fromEntries(pairs) as Record<string, string>; // pairs of names
    await core.host.clone(
      { from: vmid, ...(snapshot === undefined ? {} : { snapshot }), spec: specOf(made, core.facts.cpus), volumes },
      run.signal,
    );
    run.signal.throwIfAborted();
    core.guests.save(made);
    if (params["pool"] !== undefined) core.pools.add(params["pool"], { vms: [made.vmid], storage: [] });
  } catch (failure) {
    if (run.signal.aborted && messageOf(run.signal.reason) === "killed") throw failure;
    if ((await core.host.guests()).includes(made.vmid)) await core.host.destroy(made.vmid);
    core.guests.remove(made.vmid);
    throw died(`clone failed: ${messageOf(failure)}`);
  } finally {
    if (!(run.signal.aborted && messageOf(run.signal.reason) === "killed")) unlock(core, vmid);
  }
}

function unlock(core: Core, vmid: number): void {
  const record = core.guests.find(vmid);
  if (record?.options["lock"] !== "disk") return;
  const { lock: _, ...options } = record.options;
  core.guests.save({ ...record, options });
}

/** Its volumes become `base-…`; answers nothing although it is a task. */
export async function makeTemplate(core: Core, actor: Actor, vmid: number): Promise<void> {
  const record = core.guests.get(vmid);
  refuseLocked(record);
  if (Object.keys(record.snapshots ?? {}).length > 0)
    throw died("unable to create template, because CT contains snapshots");
  if (record.options["template"] === "1") throw died("you can't convert a template to a template");
  if (await core.host.running(vmid)) throw died("you can't convert a CT to template if the CT is running");
  const task = guestTask(core, { type: "vztemplate", vmid, actor }, async (run) => {
    const now = core.guests.get(vmid);
    const base = (volid: string) => volid.replace(/:vm-/, ":base-");
    const disks = mountsOf(now.options).map(
      ({ key, volid }) => [key, printMount(key, now.options[key] ?? "", { volume: base(volid) })] as const,
    );
    for (const { volid } of mountsOf(now.options))
      run.log(`  Renamed "${volumeName(volid)}" to "${volumeName(base(volid))}" in volume group "pve"`);
    await Promise.all(
      Object.keys(now.volumes ?? {}).map((volid) =>
        core.host.renameVolume(vmid, volumeName(volid), volumeName(base(volid))),
      ),
    );
    const volumes = Object.fromEntries(Object.entries(now.volumes ?? {}).map(([volid, gib]) => [base(volid), gib]));
    const changed = { ...now, options: { ...now.options, ...Object.fromEntries(disks), template: "1" }, volumes };
    core.guests.save(changed);
    await core.host.apply(specOf(changed, core.facts.cpus));
  });
  await core.tasks.ended(task.upid);
}
