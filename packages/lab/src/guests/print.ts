// Values as Proxmox stores them, whatever form a client gave them (pve-container, PVE/LXC/Config.pm).

import { randomBytes } from "node:crypto";
import { splitList } from "../schema/formats";
import { mountFormat, netFormat, rootfsFormat } from "../schema/lxc";
import { properties } from "./properties";

function normalTags(tags: string): string {
  return [...new Set(splitList(tags).map((tag) => tag.toLowerCase()))].sort().join(";");
}

/** As Proxmox stores a network: name, bridge, then the rest; a MAC of its own prefix and the type always. */
export function printNet(text: string, keepMac?: string): string {
  const net = properties(text, netFormat);
  const hwaddr = net["hwaddr"]?.toUpperCase() ?? keepMac ?? randomMac();
  const order = [
    "name",
    "bridge",
    "firewall",
    "gw",
    "gw6",
    "host-managed",
    "hwaddr",
    "ip",
    "ip6",
    "link_down",
    "mtu",
    "rate",
    "tag",
    "trunks",
    "type",
  ];
  const full: Record<string, string> = { ...net, hwaddr, type: "veth" };
  return order.flatMap((key) => (full[key] === undefined ? [] : [`${key}=${full[key]}`])).join(",");
}

export function randomMac(): string {
  const tail = [...randomBytes(3)].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
  return ["BC", "24", "11", ...tail].join(":");
}

export function printGib(gib: number): string {
  return Number.isInteger(gib) ? `${gib}G` : `${Math.round(gib * 1024)}M`;
}

/** `rootfs` or `mpN` with some properties replaced: the volume, `mp`, then the rest sorted; `unusedN` is a bare volume. */
export function printMount(key: string, text: string, changed: Readonly<Record<string, string>> = {}): string {
  const {
    volume = "",
    mp,
    ...rest
  } = { ...properties(text, key === "rootfs" ? rootfsFormat : mountFormat), ...changed };
  const sorted = Object.keys(rest)
    .sort()
    .map((name) => `${name}=${rest[name]}`);
  return [volume, ...(mp === undefined ? [] : [`mp=${mp}`]), ...sorted].join(",");
}

/** The value as the config keeps it. `old` is what the option was before. */
export function stored(key: string, value: string, old?: string): string {
  if (key === "tags") return normalTags(value);
  if (key === "nameserver" || key === "searchdomain") return splitList(value).join(" ");
  // What cgroup v2 knows as a weight; 0 stays, it means "the default".
  if (key === "cpuunits") return String(Math.min(10_000, Number(value)));
  return /^net\d+$/.test(key) ? printNet(value, properties(old, netFormat)["hwaddr"]) : value;
}
