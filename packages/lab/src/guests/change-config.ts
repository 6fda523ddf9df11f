// PUT config: checked, locked, then applied at once or kept as pending (API2/LXC/Config.pm, PVE/LXC/Config.pm update_pct_config).

import type { Actor } from "../access/actor";
import type { Core } from "../core";
import { died, invalid, messageOf } from "../http/api-error";
import { splitList } from "../schema/formats";
import { lxcOptions, netFormat } from "../schema/lxc";
import type { Params } from "../schema/verify";
import { refuseLocked } from "./guests";
import { checkOptionRights, refuseNewlines, refuseUnknownOptions } from "./option-rights";
import { mountsOf } from "./mounts";
import { withChange } from "./pending";
import { stored } from "./print";
import { properties } from "./properties";
import { digestOf, specOf, type GuestRecord } from "./record";
import { refuseContent, storageOf } from "./volumes";
import { lockTimeoutMs } from "./worker";

const notOptions = new Set(["node", "vmid", "delete", "revert", "digest"]);
const required = new Set(["memory", "rootfs", "ostype"]);
/** Options a running container takes on at once; everything else waits for its next start. */
const hot =
  /^(description|onboot|startup|protection|hostname|hookscript|cores|tags|lock|cpulimit|cpuunits|memory|swap|net\d+)$/;
const hotDelete =
  /^(description|onboot|startup|protection|hostname|hookscript|cores|tags|lock|cpulimit|cpuunits|swap|net\d+|unused\d+)$/;
/** Of the lab's only bridge. */
const bridgeMtu = 1500;

interface Change {
  set: Record<string, string>;
  removed: readonly string[];
  reverted: readonly string[];
}

export async function changeConfig(core: Core, actor: Actor, params: Params): Promise<void> {
  const vmid = Number(params["vmid"]);
  const given = Object.entries(params).filter(([key]) => !notOptions.has(key));
  // `key=` clears the option.
  const cleared = given.flatMap(([key, value]) => (value === "" ? [key] : []));
  const set = Object.fromEntries(given.filter(([, value]) => value !== ""));
  const removed = splitList(params["delete"] ?? "");
  const reverted = splitList(params["revert"] ?? "");
  if (given.length === 0 && params["delete"] === undefined && params["revert"] === undefined)
    throw died("no options specified");
  refuseUnknownOptions(core, set);
  refuseNewlines(set);
  const before = core.guests.get(vmid);
  const change = { vmid, record: before, unprivileged: before.options["unprivileged"] === "1" };
  checkOptionRights(core, actor, {
    ...change,
    options: Object.fromEntries([...removed, ...reverted, ...cleared].map((key) => [key, null])),
  });
  refuseContradictions({ set, removed, reverted });
  checkOptionRights(core, actor, { ...change, options: set });

  await core.flocks.with(vmid, lockTimeoutMs, async () => {
    const record = core.guests.get(vmid);
    refuseLocked(record);
    // An empty digest is none (pve-common, Tools::assert_if_modified).
    if ((params["digest"] ?? "") !== "" && params["digest"] !== digestOf(record)) {
      throw died("detected modified configuration - file changed by other user? Try again.");
    }
    await apply(core, record, { set, removed: [...removed, ...cleared], reverted });
  });
}

function refuseContradictions({ set, removed, reverted }: Change): void {
  const known = (name: string) => Object.hasOwn(lxcOptions, name);
  for (const option of reverted) {
    if (!known(option)) throw invalid({ revert: `unknown option '${option}'` });
    if (set[option] !== undefined)
      throw invalid({ revert: `you can't use '-${option}' and '-revert ${option}' at the same time` });
  }
  for (const option of removed) {
    if (!known(option)) throw invalid({ delete: `unknown option '${option}'` });
    // The quote before the second one is missing in Proxmox as well.
    if (set[option] !== undefined)
      throw invalid({ delete: `you can't use '-${option}' and -delete ${option}' at the same time` });
    if (reverted.includes(option))
      throw invalid({ delete: `you can't use '-delete ${option}' and '-revert ${option}' at the same time` });
  }
}

async function apply(core: Core, record: GuestRecord, change: Change): Promise<void> {
  refuse(core, record, change);
  const running = await core.host.running(record.vmid);
  const { pending } = record;
  let changed = {
    ...record,
    pending: Object.fromEntries(Object.entries(pending).filter(([key]) => !change.reverted.includes(key))),
  };
  const wait = (key: string, value: string | null) =>
    (changed = { ...changed, pending: { ...changed.pending, [key]: value } });
  for (const key of change.removed) {
    const isSet = changed.options[key] !== undefined;
    if (running && isSet && !hotDelete.test(key)) wait(key, null);
    else changed = await withChange(core, changed, { key, value: null });
  }
  for (const [key, value] of Object.entries(change.set).sort(([a], [b]) => a.localeCompare(b))) {
    const text = stored(key, value, changed.options[key]);
    if (changed.options[key] === text) {
      const { [key]: _, ...others } = changed.pending;
      changed = { ...changed, pending: others };
    } else if (running && !takesOn(core, changed, key)) wait(key, text);
    else changed = await takenOn(core, changed, { key, text, running });
    // A volume that was made is in the config before the next one is.
    core.guests.save(changed);
  }
  core.guests.save(changed);
  await core.host.apply(specOf(changed, core.facts.cpus));
}

/** A new mount point appears in a running guest, a changed one waits. */
function takesOn(core: Core, record: GuestRecord, key: string): boolean {
  return hot.test(key) || (/^mp\d+$/.test(key) && record.options[key] === undefined && core.host.plugsMounts);
}

/** What cannot be carried out is the parameter's own error; the changes before it stay. */
async function takenOn(
  core: Core,
  record: GuestRecord,
  { key, text, running }: { key: string; text: string; running: boolean },
): Promise<GuestRecord> {
  try {
    return await withChange(core, record, { key, value: text });
  } catch (failure) {
    const what = running ? `unable to hotplug ${key}:` : `unable to apply pending change ${key} :`;
    throw invalid({ [key]: `${what} ${messageOf(failure)}\n` });
  }
}

function refuse(core: Core, record: GuestRecord, { set, removed }: Change): void {
  const isProtected = record.options["protection"] === "1";
  for (const key of removed) {
    if (required.has(key)) throw died(`unable to delete required option '${key}'`);
    if (key === "unprivileged") throw died(`unable to delete read-only option: '${key}'`);
    if (isProtected && /^(mp|unused)\d+$/.test(key))
      throw died(`can't remove CT ${record.vmid} drive '${key}' - protection mode enabled`);
  }
  for (const [key, value] of Object.entries(set)) {
    if (key === "unprivileged") throw died(`unable to modify read-only option: '${key}'`);
    if (isProtected && /^(mp\d+|rootfs)$/.test(key))
      throw died(`can't update CT ${record.vmid} drive '${key}' - protection mode enabled`);
    if (/^net\d+$/.test(key)) refuseMtu(key, value);
    for (const { volid } of mountsOf({ [key]: value })) refuseContent(core, storageOf(volid));
  }
}

export function refuseMtu(key: string, value: string): void {
  const mtu = Number(properties(value, netFormat)["mtu"] ?? 0);
  if (mtu > bridgeMtu) throw died(`${key}: MTU size '${mtu}' is bigger than bridge MTU '${bridgeMtu}'`);
}
