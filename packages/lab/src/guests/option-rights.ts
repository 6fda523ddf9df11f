// Which privilege each option of a container needs (pve-container, PVE/LXC.pm check_ct_modify_config_perm).

import type { Actor } from "../access/actor";
import { demand, demandAny, has } from "../access/permissions";
import type { Core } from "../core";
import { denied, died, invalid } from "../http/api-error";
import { featuresFormat, lxcOptions, mountFormat, netFormat, optionsOfNine } from "../schema/lxc";
import { unknownParameter } from "../schema/verify";
import { mountsOf } from "./mounts";
import { properties } from "./properties";
import type { GuestRecord } from "./record";
import { storageOf } from "./volumes";

const noPrivilege = new Set([
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
  "unprivileged",
  "digest",
  "delete",
  "revert",
  "ha-managed",
]);

/** The config keeps one line per option; a description alone has several. */
export function refuseNewlines(options: Readonly<Record<string, string>>): void {
  const broken = Object.keys(options).find(
    (name) => Object.hasOwn(lxcOptions, name) && name !== "description" && /[\r\n]/.test(options[name] ?? ""),
  );
  if (broken !== undefined) throw died(`detected invalid newline inside property '${broken}'`);
}

/** What the release does not know yet. */
export function refuseUnknownOptions(core: Core, options: Readonly<Record<string, string>>): void {
  if (core.release.hasEnvironment) return;
  const unknown = optionsOfNine.filter((name) => options[name] !== undefined);
  if (unknown.length > 0) throw invalid(Object.fromEntries(unknown.map((name) => [name, unknownParameter])));
}

export function checkOptionRights(
  core: Core,
  actor: Actor,
  change: {
    vmid: number;
    pool?: string | undefined;
    unprivileged: boolean;
    record?: GuestRecord;
    options: Readonly<Record<string, string | null>>;
  },
): void {
  refuseHostParts(actor, change.options);
  if (actor.root) return;
  const who = { access: core.access, actor };
  // Rights on the pool that a new guest goes into count for the guest (RPCEnvironment.pm check_vm_perm).
  const pool = change.pool === undefined ? undefined : `/pool/${change.pool}`;
  const demandHere = (privilege: string) => {
    if (pool === undefined || !has(who, pool, privilege)) demand(who, `/vms/${change.vmid}`, privilege);
  };
  for (const [name, value] of Object.entries(change.options)) {
    if (noPrivilege.has(name)) continue;
    if (name === "features")
      checkFeatures({ demandHere, unprivileged: change.unprivileged, value, old: change.record?.options["features"] });
    else if (name === "hookscript") throw denied("changing the hookscript is only allowed for root@pam");
    else demandHere(privilegeOf(name));
    if (/^net\d+$/.test(name) && value !== null) checkBridge(core, actor, value);
    if (/^mp\d+$/.test(name) && value !== null) checkSpace(core, actor, value);
  }
}

/** Parts of the node itself: only root@pam may hand them to a container, and the lab has none to hand out. */
function refuseHostParts(actor: Actor, options: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === null) continue;
    if (/^dev\d+$/.test(name)) {
      if (!actor.root) throw denied("configuring device passthrough is only allowed for root@pam");
      throw died(`${name}: the lab passes no devices to a container`);
    }
    if (mountsOf({ [name]: value }).some(({ volid }) => volid.startsWith("/"))) {
      if (!actor.root) throw denied("mount point type bind is only allowed for root@pam");
      throw died(`${name}: the lab binds no directory of the machine into a container`);
    }
  }
}

function checkSpace(core: Core, actor: Actor, mount: string): void {
  const storage = storageOf(properties(mount, mountFormat)["volume"] ?? "");
  core.storages.get(storage);
  demand({ access: core.access, actor }, `/storage/${storage}`, "Datastore.AllocateSpace");
}

function privilegeOf(option: string): string {
  if (["cores", "cpulimit", "cpuunits"].includes(option)) return "VM.Config.CPU";
  if (option === "rootfs" || /^mp\d+$/.test(option)) return "VM.Config.Disk";
  if (["memory", "swap"].includes(option)) return "VM.Config.Memory";
  if (["hostname", "nameserver", "searchdomain"].includes(option) || /^net\d+$/.test(option))
    return "VM.Config.Network";
  return "VM.Config.Options";
}

interface FeatureChange {
  demandHere: (privilege: string) => void;
  unprivileged: boolean;
  /** Null: to be deleted. */
  value: string | null;
  old: string | undefined;
}

/** Only what differs from before counts. */
function checkFeatures({ demandHere, unprivileged, value, old }: FeatureChange): void {
  if (!unprivileged) throw denied("changing feature flags for privileged container is only allowed for root@pam");
  const [before, after] = [properties(old, featuresFormat), properties(value ?? "", featuresFormat)];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => before[name] !== after[name],
  );
  if (value === null || changed.some((name) => name !== "nesting")) {
    throw denied("changing feature flags (except nesting) is only allowed for root@pam");
  }
  if (changed.length > 0) demandHere("VM.Allocate");
}

export function checkBridge(core: Core, actor: Actor, net: string): void {
  const { bridge, tag } = properties(net, netFormat);
  if (bridge === undefined) return;
  const path = `/sdn/zones/${core.vnets.zoneOf(bridge)}/${bridge}`;
  demandAny({ access: core.access, actor }, tag === undefined ? path : `${path}/${tag}`, ["SDN.Use"]);
}
