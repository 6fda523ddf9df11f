// Which of the rights that Homeport needs the token lacks, and the one command that grants them.
import { privilegeAdvice } from "@homeport/domain/node/node-grants";
import {
  bridgePrivilege,
  containerStoragePrivilege,
  guestPrivileges,
  imageStoragePrivilege,
  LOCAL_ZONE,
  missingPrivileges,
  type NeededPrivilege,
} from "@homeport/domain/node/node-privileges";
import type { NodeReportLine } from "@homeport/domain/node/node-report";
import type { Host } from "../deps";
import type { Found } from "./node-inventory";
import { usableWithVlan, zoneOf } from "./node-network";
import { readRights } from "./node-rights";

export async function privilegeLines(
  host: Host,
  pveName: string,
  { found, signal }: { found: Found; signal: AbortSignal },
): Promise<NodeReportLine[]> {
  const choices = [containerStorages(found), imageStorages(found), bridges(found)];
  const needed = [...guestPrivileges(pveName), ...choices.flat()];
  const rights = await readRights(host, needed, signal);
  // One storage of each kind and one bridge are enough to work with; a plan asks about the one that is chosen.
  const enough = choices
    .filter((kind) => kind.some((one) => missingPrivileges([one], rights.effective).length === 0))
    .flat();
  const wanted = needed.filter((one) => !enough.includes(one));
  const advice = privilegeAdvice(wanted, rights);
  if (advice !== undefined)
    return [{ id: "privileges", label: "Privileges", state: "failed", detail: advice.text, fix: advice.command }];
  return [
    {
      id: "privileges",
      label: "Privileges",
      state: "ok",
      detail: `all ${wanted.length + choices.length} that are needed`,
    },
  ];
}

/** Storages are left out of Proxmox's answer where the token has no right on them: then it is asked for on all of them. */
function containerStorages({ known: { storages } }: Found): NeededPrivilege[] {
  const some = storages.filter(({ forContainers }) => forContainers).map(({ name }) => containerStoragePrivilege(name));
  return some.length > 0 ? some : [{ ...containerStoragePrivilege(""), path: "/storage", below: true }];
}

function imageStorages({ known: { storages } }: Found): NeededPrivilege[] {
  const some = storages.filter(({ forTemplates }) => forTemplates).map(({ name }) => imageStoragePrivilege(name));
  return some.length > 0 ? some : [{ ...imageStoragePrivilege(""), path: "/storage", below: true }];
}

function bridges({ network }: Found): NeededPrivilege[] {
  if (network.bridges.length === 0)
    return [{ ...bridgePrivilege({ bridge: "", zone: LOCAL_ZONE }), path: `/sdn/zones/${LOCAL_ZONE}`, below: true }];
  const asked = network.bridges.map(({ iface }) => ({ iface, zone: zoneOf(network, iface) }));
  if (asked.some(({ zone }) => zone === null)) return [];
  const each = asked.map(({ iface, zone }) => bridgePrivilege({ bridge: iface, zone: zone ?? LOCAL_ZONE }));
  return each.some(({ path }) => usableWithVlan(network, path)) ? [] : each;
}
