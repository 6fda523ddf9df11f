// POST /nodes/{node}/lxc: checks, then the pre-locked config, then the vzcreate task (pve-container, API2/LXC.pm).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { hasFault } from "../faults/hostname-faults";
import { died } from "../http/api-error";
import { integer, flag, type Params } from "../schema/verify";
import type { Task, TaskRun } from "../tasks/tasks";
import { checkCreate, type CreatePlan } from "./create-checks";
import { hashPassword } from "./password";
import { startGuest } from "./power";
import { mountsOf, volumeName } from "./mounts";
import { printGib, printMount, stored } from "./print";
import { specOf, type GuestRecord } from "./record";
import { freeName, wantedVolume } from "./volumes";
import { applyTaskFault } from "./worker";

/** Parameters that are no config options of the container. */
const notOptions = new Set([
  "node",
  "vmid",
  "ostemplate",
  "password",
  "ssh-public-keys",
  "storage",
  "pool",
  "bwlimit",
  "start",
  "force",
  "restore",
  "unique",
  "ignore-unpack-errors",
  "ha-managed",
]);

export async function createGuest(core: Core, actor: Actor, params: Params): Promise<Task> {
  const vmid = integer(params, "vmid") ?? 0;
  const plan = await checkCreate(core, actor, params);
  const record: GuestRecord = {
    vmid,
    options: { lock: "create" },
    pending: {},
    template: plan.template,
    asked: {
      memoryMib: integer(params, "memory") ?? 512,
      swapMib: integer(params, "swap") ?? 512,
      diskGib: plan.diskGib,
      ...(params["cores"] === undefined ? {} : { cores: Number(params["cores"]) }),
    },
    ...(params["password"] === undefined ? {} : { passwordHash: hashPassword(params["password"]) }),
    ...(params["ssh-public-keys"] === undefined ? {} : { sshPublicKeys: params["ssh-public-keys"] }),
  };
  // The config file exists before the answer leaves: that is what makes a second create fail at once.
  core.guests.save(record);
  return core.tasks.run({ type: "vzcreate", id: String(vmid), actor }, (run) =>
    core.flocks.with(vmid, 5_000, async () => {
      try {
        await applyTaskFault(core, { type: "vzcreate", vmid }, run);
        await build(core, { record, params, plan, run });
      } catch (failure) {
        await giveUp(core, vmid, run);
        throw died(`unable to create CT ${vmid} - ${failure instanceof Error ? failure.message : String(failure)}`);
      }
      if (flag(params, "start")) startGuest(core, actor, vmid);
    }),
  );
}

interface Build {
  record: GuestRecord;
  params: Params;
  plan: CreatePlan;
  run: TaskRun;
}

async function build(core: Core, { record, params, plan, run }: Build): Promise<void> {
  const { vmid } = record;
  const finished = withDisks({ ...record, options: finalOptions(core, params) }, plan);
  const hostname = finished.options["hostname"] ?? "";
  if (plan.existing !== undefined) throw died(plan.existing);
  if (core.storages.isFull(plan.storage)) {
    throw new Error(
      `lvcreate 'pve/vm-${vmid}-disk-0' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.`,
    );
  }
  for (const { volid } of mountsOf(finished.options)) run.log(`  Logical volume "${volumeName(volid)}" created.`);
  if (hasFault(hostname, "slow-create")) await core.pace(12_000, run.signal);
  if (!(await core.storages.templates()).some((template) => template.file === plan.template)) {
    throw new Error(`volume 'local:vztmpl/${plan.template}' does not exist`);
  }
  await core.host.create(specOf(finished, core.facts.cpus), run.log, run.signal);
  run.signal.throwIfAborted();
  if (hasFault(hostname, "fail-create")) {
    await core.host.destroy(vmid);
    throw new Error("command 'tar xpf - --zstd --totals' failed: exit code 2");
  }
  if (hasFault(hostname, "warn-create")) run.warn("a warning that the hostname asked for");
  const nesting = specOf(finished, core.facts.cpus).nesting;
  if (core.release.warnsWithoutNesting && !nesting) run.warn("Systemd 252 detected. You may need to enable nesting.");
  // Only now: until here the config shows nothing but its lock, no tags, no description.
  const { asked: _, ...known } = finished;
  core.guests.save(known);
  if (params["pool"] !== undefined) core.pools.add(params["pool"], { vms: [vmid], storage: [] });
}

/** A create that failed frees its disks and config; one whose process was killed leaves both, and the lock. */
async function giveUp(core: Core, vmid: number, run: TaskRun): Promise<void> {
  const killed = run.signal.aborted && run.signal.reason instanceof Error && run.signal.reason.message === "killed";
  if (killed) return;
  if ((await core.host.guests()).includes(vmid)) await core.host.destroy(vmid);
  core.guests.remove(vmid);
}

function finalOptions(core: Core, params: Params): Record<string, string> {
  const options: Record<string, string> = { arch: "amd64", ostype: "debian", memory: "512", swap: "512" };
  for (const [key, value] of Object.entries(params)) if (!notOptions.has(key)) options[key] = stored(key, value);
  const unprivileged = params["unprivileged"] ?? (core.release.unprivilegedByDefault ? "1" : "0");
  if (unprivileged === "1") options["unprivileged"] = "1";
  else delete options["unprivileged"];
  options["hostname"] ??= `CT${params["vmid"]}`;
  return options;
}

/** Names for the new volumes: the root disk first, then the mount points in their order. */
function withDisks(record: GuestRecord, plan: CreatePlan): GuestRecord {
  const root = printMount("rootfs", record.options["rootfs"] ?? "", {
    volume: `${plan.storage}:vm-${record.vmid}-disk-0`,
    size: printGib(plan.diskGib),
  });
  let made: GuestRecord = { ...record, options: { ...record.options, rootfs: root } };
  for (const { key, volid } of mountsOf(record.options).filter((mount) => mount.key !== "rootfs")) {
    const wanted = wantedVolume(volid);
    if (wanted === undefined) continue;
    const name = `${wanted.storage}:${freeName(made)}`;
    const options = {
      ...made.options,
      [key]: printMount(key, made.options[key] ?? "", { volume: name, size: printGib(wanted.gib) }),
    };
    made = { ...made, options, volumes: { ...made.volumes, [name]: wanted.gib } };
  }
  return made;
}
