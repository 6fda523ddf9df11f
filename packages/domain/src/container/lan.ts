// Which addresses are held where: two containers of a node may have the same one only when they do not share a bridge and a VLAN.
import type { ContainerSpec } from "./container-input";
import { canonicalIp } from "./ip-address";
import { staticAddresses } from "./network";
import { StoredPlace } from "../stored/spec";

export interface Lan {
  bridge: string;
  vlan: number | null;
  /** Canonical, without prefixes: those that were typed in, and the one that was seen. */
  addresses: string[];
}

/** Of a stored spec; null when it cannot be read. `seen`: the address that the container was last seen with. */
export function lanOf(spec: unknown, seen: string | null): Lan | null {
  const { data } = StoredPlace.safeParse(spec);
  if (data === undefined) return null;
  return {
    bridge: data.bridge,
    vlan: data.vlan,
    addresses: [...new Set([...(seen === null ? [] : [canonicalIp(seen)]), ...staticAddresses(data.network)])],
  };
}

/** The addresses that others on the same bridge and VLAN of the node hold, by input path: "network.address", "network.ipv6.address". */
export function takenAddresses(
  { bridge, vlan, network }: Pick<ContainerSpec, "bridge" | "vlan" | "network">,
  others: readonly { hostname: string; lan: Lan | null }[],
): Record<string, string> {
  const near = others.filter(({ lan }) => lan?.bridge === bridge && lan.vlan === vlan);
  const holder = (address: string): string | undefined =>
    near.find(({ lan }) => lan?.addresses.includes(address))?.hostname;
  const typed = {
    "network.address": network.mode === "static" ? network.address : "",
    "network.ipv6.address": network.ipv6?.mode === "static" ? network.ipv6.address : "",
  };
  return Object.fromEntries(
    Object.entries(typed).flatMap(([path, cidr]) => {
      const address = canonicalIp(cidr.split("/")[0]?.trim() ?? "");
      const hostname = holder(address);
      return hostname === undefined ? [] : [[path, `${address} is the address of ${hostname}.`]];
    }),
  );
}
