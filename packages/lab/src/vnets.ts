// Virtual networks of the node's zones; bridges that stand in no zone of their own are in `localnetwork` (pve-network, SDN.pm).

import { readJson, writeJson } from "./persist";

export interface Vnet {
  vnet: string;
  zone: string;
}

export interface Vnets {
  list(): readonly Vnet[];
  add(vnet: Vnet): void;
  /** `localnetwork` for everything that is no virtual network. */
  zoneOf(bridge: string): string;
}

export function openVnets(file: string): Vnets {
  let kept = readJson<Vnet[]>(file) ?? [];
  return {
    list: () => kept,
    add(vnet) {
      kept = [...kept.filter((one) => one.vnet !== vnet.vnet), vnet];
      writeJson(file, kept);
    },
    zoneOf: (bridge) => kept.find(({ vnet }) => vnet === bridge)?.zone ?? "localnetwork",
  };
}
