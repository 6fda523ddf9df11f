// POST /nodes/{node}/lxc: checks, then the pre-locked config, then the vzcreate task (pve-container, API2/LXC.pm).

import { randomBytes } from "node:crypto";
import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { says } from "../faults/words";
import { died } from "../http/api-error";
import { integer, flag, type Params } from "../schema/verify";
import { mounts, networks, netFormat } from "../schema/lxc";
import { splitList } from "../schema/formats";
import type { Task, TaskRun } from "../tasks/tasks";
import { checkCreate } from "./create-checks";
import { hashPassword } from "./password";
import { startGuest } from "./power";
import { properties, specOf, type GuestRecord } from "./record";
import { applyTaskFault } from "./worker";

/** Parameters that are no config options of the container. */
const notOptions = new Set([
  "node", "vmid", "ostemplate", "password", "ssh-public-keys", "storage", "pool", "bwlimit", "start", "force", "restore",
  "unique", "ignore-unpack-errors",
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
  plan: { template: string; diskGib: number; storage: string };
  run: TaskRun;
}

async function build(core: Core, { record, params, plan, run }: Build): Promise<void> {
  const { vmid } = record;
  const options = finalOptions(core, params, plan);
  const hostname = options["hostname"] ?? "";
  const finished: GuestRecord = { ...record, options };
  if (core.storages.isFull(plan.storage)) {
    throw new Error(`lvcreate 'pve/vm-${vmid}-disk-0' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.`);
  }
  run.log(`  Logical volume "vm-${vmid}-disk-0" created.`);
  if (says(hostname, "slow-create")) await core.pace(12_000, run.signal);
  if (!(await core.storages.templates()).some((template) => template.file === plan.template)) {
    throw new Error(`volume 'local:vztmpl/${plan.template}' does not exist`);
  }
  await core.host.create(specOf(finished, core.facts.cpus), run.log, run.signal);
  run.signal.throwIfAborted();
  if (says(hostname, "fail-create")) {
    await core.host.destroy(vmid);
    throw new Error("command 'tar xpf - --zstd --totals' failed: exit code 2");
  }
  if (says(hostname, "warn-create")) run.warn("a warning that the hostname asked for");
  const nesting = specOf(finished, core.facts.cpus).nesting;
  if (core.release.warnsWithoutNesting && !nesting) run.warn("Systemd 252 detected. You may need to enable nesting.");
  // Only now: until here the config shows nothing but its lock, no tags, no description.
  const { asked: _, ...known } = finished;
  core.guests.save(known);
}

/** A create that failed frees its disks and config; one whose process was killed leaves both, and the lock. */
async function giveUp(core: Core, vmid: number, run: TaskRun): Promise<void> {
  const killed = run.signal.aborted && run.signal.reason instanceof Error && run.signal.reason.message === "killed";
  if (killed) return;
  if ((await core.host.guests()).includes(vmid)) await core.host.destroy(vmid);
  core.guests.remove(vmid);
}

function finalOptions(core: Core, params: Params, plan: { diskGib: number; storage: string }): Record<string, string> {
  const options: Record<string, string> = { arch: "amd64", ostype: "debian", memory: "512", swap: "512" };
  for (const [key, value] of Object.entries(params)) {
    if (!notOptions.has(key) && value !== "") options[key] = value;
  }
  const unprivileged = params["unprivileged"] ?? (core.release.unprivilegedByDefault ? "1" : "0");
  if (unprivileged === "1") options["unprivileged"] = "1";
  else delete options["unprivileged"];
  options["hostname"] ??= `CT${params["vmid"]}`;
  options["rootfs"] = `${plan.storage}:vm-${params["vmid"]}-disk-0,size=${printGib(plan.diskGib)}`;
  if (options["tags"] !== undefined) options["tags"] = normalTags(options["tags"]);
  for (const name of networks) {
    if (options[name] !== undefined) options[name] = printNet(options[name]);
  }
  for (const name of mounts) {
    if (options[name] !== undefined) throw died(`${name}: the lab makes no extra volumes`);
  }
  return options;
}

export function normalTags(tags: string): string {
  return [...new Set(splitList(tags).map((tag) => tag.toLowerCase()))].sort().join(";");
}

/** As Proxmox stores a network: name, bridge, then the rest; a MAC of its own prefix and the type always. */
export function printNet(text: string, keepMac?: string): string {
  const net = properties(text, netFormat);
  const hwaddr = net["hwaddr"]?.toUpperCase() ?? keepMac ?? randomMac();
  const order = ["name", "bridge", "firewall", "gw", "gw6", "hwaddr", "ip", "ip6", "link_down", "mtu", "rate", "tag", "trunks", "type"];
  const full: Record<string, string> = { ...net, hwaddr, type: "veth" };
  return order.flatMap((key) => (full[key] === undefined ? [] : [`${key}=${full[key]}`])).join(",");
}

function randomMac(): string {
  const tail = [...randomBytes(3)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
  return ["BC", "24", "11", ...tail].join(":");
}

export function printGib(gib: number): string {
  return Number.isInteger(gib) ? `${gib}G` : `${Math.round(gib * 1024)}M`;
}

