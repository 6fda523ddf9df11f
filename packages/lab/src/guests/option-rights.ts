// Which privilege each option of a container needs (pve-container, PVE/LXC.pm check_ct_modify_config_perm).

import type { Actor } from "../access/actor";
import { demand, demandAny } from "../access/permissions";
import type { Core } from "../core";
import { denied } from "../http/api-error";
import { featuresFormat, mountFormat, netFormat } from "../schema/lxc";
import { properties } from "./record";

const noPrivilege = new Set([
  "ostemplate", "password", "ssh-public-keys", "storage", "pool", "bwlimit", "start", "force", "restore", "unique",
  "ignore-unpack-errors", "unprivileged", "digest", "delete", "revert",
]);

export function checkOptionRights(
  core: Core,
  actor: Actor,
  change: { vmid: number; unprivileged: boolean; options: Readonly<Record<string, string>> },
): void {
  if (actor.root) return;
  const path = `/vms/${change.vmid}`;
  for (const [name, value] of Object.entries(change.options)) {
    if (noPrivilege.has(name)) continue;
    if (name === "features") checkFeatures(core, actor, { path, unprivileged: change.unprivileged, value });
    else if (name === "hookscript") throw denied("changing the hookscript is only allowed for root@pam");
    else demand({ access: core.access, actor }, path, privilegeOf(name));
    if (/^net\d+$/.test(name)) checkBridge(core, actor, value);
    if (/^mp\d+$/.test(name) && (properties(value, mountFormat)["volume"] ?? "").startsWith("/")) {
      throw denied("mount point type bind is only allowed for root@pam");
    }
  }
}

export function privilegeOf(option: string): string {
  if (["cores", "cpulimit", "cpuunits"].includes(option)) return "VM.Config.CPU";
  if (option === "rootfs" || /^mp\d+$/.test(option)) return "VM.Config.Disk";
  if (["memory", "swap"].includes(option)) return "VM.Config.Memory";
  if (["hostname", "nameserver", "searchdomain"].includes(option) || /^net\d+$/.test(option)) return "VM.Config.Network";
  return "VM.Config.Options";
}

function checkFeatures(core: Core, actor: Actor, what: { path: string; unprivileged: boolean; value: string }): void {
  if (!what.unprivileged) throw denied("changing feature flags for privileged container is only allowed for root@pam");
  const names = Object.keys(properties(what.value, featuresFormat));
  if (names.some((name) => name !== "nesting")) {
    throw denied("changing feature flags (except nesting) is only allowed for root@pam");
  }
  demand({ access: core.access, actor }, what.path, "VM.Allocate");
}

function checkBridge(core: Core, actor: Actor, net: string): void {
  const { bridge, tag } = properties(net, netFormat);
  if (bridge === undefined) return;
  const zone = `/sdn/zones/localnetwork/${bridge}`;
  demandAny({ access: core.access, actor }, tag === undefined ? zone : `${zone}/${tag}`, ["SDN.Use"]);
}
