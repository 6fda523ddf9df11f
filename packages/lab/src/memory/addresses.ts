// Addresses of memory guests: where they answer is always loopback; what they show is that, or an address clients take for a real one.

import { createHash } from "node:crypto";
import { hasFault } from "../faults/hostname-faults";
import type { GuestInterface } from "../host";
import type { MemoryGuest } from "./guest";

const pool = 65_000;
/** A DHCP lease shows this long after the start, before the lab's scale. */
const leaseMs = 400;

/** 127.77.x.y, a different one per VMID; `home` keeps two labs on one machine apart. */
export function chooseAddress(home: string, vmid: number, taken: ReadonlySet<string>): string {
  const base = createHash("sha256").update(home).digest().readUInt16BE(0);
  for (let step = 0; ; step += 1) {
    const n = 256 + ((base + vmid + step) % pool);
    const address = `127.77.${n >> 8}.${n & 255}`;
    if (!taken.has(address)) return address;
  }
}

/**
 * `loopback`: what is shown can be opened on this machine. `routable`: 198.18.x.y, of the network for benchmarks (RFC 2544), for clients that
 * skip loopback; nothing answers there.
 */
export type ShownAddresses = "loopback" | "routable";

/** What DHCP or the static configuration gives now, as CIDR. */
function leased(guest: MemoryGuest, { nowMs, scale, shown }: LeaseView): string[] {
  const { network, hostname } = guest.spec;
  if (network === null || guest.startedAt === null || network.ip === "manual") return [];
  if (network.ip !== "dhcp") return [network.ip];
  if (hasFault(hostname, "no-address") || nowMs - guest.startedAt < leaseMs * scale) return [];
  return [shown === "loopback" ? `${guest.address}/8` : `${guest.address.replace(/^127\.77\./, "198.18.")}/15`];
}

export interface LeaseView {
  nowMs: number;
  scale: number;
  shown: ShownAddresses;
}

export function globalAddresses(guest: MemoryGuest, at: LeaseView): string[] {
  return leased(guest, at).map((cidr) => cidr.split("/")[0] ?? "");
}

export function interfacesOf(guest: MemoryGuest, at: LeaseView): GuestInterface[] {
  const loopback = { name: "lo", hwaddr: "00:00:00:00:00:00", inet: ["127.0.0.1/8"], inet6: ["::1/128"] };
  const { network } = guest.spec;
  if (network === null) return [loopback];
  const hwaddr = network.hwaddr.toLowerCase();
  return [loopback, { name: "eth0", hwaddr, inet: leased(guest, at), inet6: [`${linkLocal(hwaddr)}/64`] }];
}

/** EUI-64, as the kernel makes it. */
function linkLocal(hwaddr: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = hwaddr.split(":").map((byte) => Number.parseInt(byte, 16));
  const group = (high: number, low: number) => ((high << 8) | low).toString(16);
  return `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}`;
}
