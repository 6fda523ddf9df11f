// PUT config: checked, locked, then applied at once or kept as pending (API2/LXC/Config.pm, PVE/LXC/Config.pm).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { died } from "../http/api-error";
import { splitList } from "../schema/formats";
import { netFormat } from "../schema/lxc";
import type { Params } from "../schema/verify";
import { normalTags, printNet } from "./create-guest";
import { refuseLocked } from "./guests";
import { checkOptionRights } from "./option-rights";
import { digestOf, properties, specOf, type GuestRecord } from "./record";
import { lockTimeoutMs } from "./worker";

const notOptions = new Set(["node", "vmid", "delete", "revert", "digest"]);
const readOnly = new Set(["arch", "rootfs", "unprivileged", "template"]);
const required = new Set(["memory", "rootfs", "ostype"]);
/** Options a running container takes on at once; everything else waits for its next start. */
const hot = /^(description|onboot|startup|protection|hostname|cores|tags|cpulimit|cpuunits|memory|swap|nameserver|searchdomain|lock|net\d+)$/;

export async function changeConfig(core: Core, actor: Actor, params: Params): Promise<void> {
  const vmid = Number(params["vmid"]);
  const set = Object.fromEntries(Object.entries(params).filter(([key]) => !notOptions.has(key)));
  const removed = splitList(params["delete"] ?? "");
  if (Object.keys(set).length === 0 && removed.length === 0 && params["revert"] === undefined) throw died("no options specified");
  const before = core.guests.get(vmid);
  const unprivileged = before.options["unprivileged"] === "1";
  const touched = { ...Object.fromEntries(removed.map((key) => [key, ""])), ...set };
  checkOptionRights(core, actor, { vmid, unprivileged, options: touched });

  await core.flocks.with(vmid, lockTimeoutMs, async () => {
    const record = core.guests.get(vmid);
    if (params["digest"] !== undefined && params["digest"] !== digestOf(record)) {
      throw died("detected modified configuration - file changed by other user? Try again.");
    }
    refuseLocked(record);
    refuseReadOnly(set, removed);
    await apply(core, record, { set, removed, reverted: splitList(params["revert"] ?? "") });
  });
}

function refuseReadOnly(set: Record<string, string>, removed: readonly string[]): void {
  for (const key of removed) {
    if (required.has(key)) throw died(`unable to delete required option '${key}'`);
    if (readOnly.has(key)) throw died(`unable to delete read-only option '${key}'`);
  }
  for (const key of Object.keys(set)) {
    if (readOnly.has(key)) throw died(`unable to modify read-only option: '${key}'`);
  }
}

interface Change {
  set: Record<string, string>;
  removed: readonly string[];
  reverted: readonly string[];
}

async function apply(core: Core, record: GuestRecord, change: Change): Promise<void> {
  const running = await core.host.running(record.vmid);
  const options = { ...record.options };
  const pending = { ...record.pending };
  for (const key of change.reverted) delete pending[key];
  for (const key of change.removed) {
    delete pending[key];
    if (options[key] === undefined) continue;
    if (running && !hot.test(key)) pending[key] = null;
    else delete options[key];
  }
  for (const [key, value] of Object.entries(change.set)) {
    const text = stored(key, value, options[key]);
    delete pending[key];
    if (options[key] === text) continue;
    if (running && !hot.test(key)) pending[key] = text;
    else options[key] = text;
  }
  const changed = { ...record, options, pending };
  core.guests.save(changed);
  if (Object.keys(change.set).length > 0) await core.host.apply(specOf(changed, core.facts.cpus));
}

function stored(key: string, value: string, old: string | undefined): string {
  if (key === "tags") return normalTags(value);
  return /^net\d+$/.test(key) ? printNet(value, properties(old, netFormat)["hwaddr"]) : value;
}
