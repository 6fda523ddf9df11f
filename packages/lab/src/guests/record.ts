// A container as the node's config file knows it, and what the lab remembers beside that.

import { createHash } from "node:crypto";
import { numeric } from "../schema/lxc";
import { featuresFormat, netFormat, rootfsFormat } from "../schema/lxc";
import { parseProperties, type PropertyFormat } from "../schema/property-string";
import type { GuestNetwork, GuestSpec } from "../host";

export interface GuestRecord {
  vmid: number;
  /** The config file's `key: value` lines. */
  options: Record<string, string>;
  /** Changes that wait for the next start; null = to be deleted. */
  pending: Record<string, string | null>;
  /** File name of the OS template. */
  template: string;
  /** Resources asked for while `lock: create` hides them; Proxmox writes the config at the end only. */
  asked?: { memoryMib: number; swapMib: number; diskGib: number; cores?: number };
  passwordHash?: string;
  sshPublicKeys?: string;
}

/** `key: value` lines, sorted as pct prints them; what the digest is made of. */
export function renderConfig(record: GuestRecord): string {
  const lines = Object.keys(record.options).sort().map((key) => `${key}: ${record.options[key]}`);
  const pending = Object.entries(record.pending).map(([key, value]) => (value === null ? `delete: ${key}` : `${key}: ${value}`));
  return [...lines, ...(pending.length > 0 ? ["[pve:pending]", ...pending] : [])].map((line) => `${line}\n`).join("");
}

export function digestOf(record: GuestRecord): string {
  return createHash("sha1").update(renderConfig(record)).digest("hex");
}

/** The value as GET config sends it: integers and booleans are JSON numbers. */
export function wireValue(key: string, value: string): string | number {
  if (key === "description") return value.endsWith("\n") ? value : `${value}\n`;
  return numeric.has(key) ? Number(value) : value;
}

/** Properties of a stored (so valid) property string. */
export function properties(text: string | undefined, format: PropertyFormat): Record<string, string> {
  if (text === undefined) return {};
  const parsed = parseProperties("", text, format);
  return "value" in parsed ? parsed.value : {};
}

export function diskGib(record: GuestRecord): number {
  const size = properties(record.options["rootfs"], rootfsFormat)["size"];
  return size === undefined ? (record.asked?.diskGib ?? 0) : toGib(size);
}

export function toGib(size: string): number {
  const unit = { K: 1 / 1048576, M: 1 / 1024, G: 1, T: 1024 }[size.slice(-1)];
  return unit === undefined ? Number(size) / 1024 ** 3 : Number(size.slice(0, -1)) * unit;
}

export function nameOf(record: GuestRecord): string {
  return record.options["hostname"] ?? `CT${record.vmid}`;
}

/** What the backend must make of the record; `hostCpus` when no core limit is set. */
export function specOf(record: GuestRecord, hostCpus: number): GuestSpec {
  const { options } = record;
  return {
    vmid: record.vmid,
    hostname: nameOf(record),
    template: record.template,
    cores: Number(options["cores"] ?? hostCpus),
    memoryMib: Number(options["memory"] ?? 512),
    swapMib: Number(options["swap"] ?? 512),
    diskGib: diskGib(record),
    unprivileged: options["unprivileged"] === "1",
    nesting: properties(options["features"], featuresFormat)["nesting"] === "1",
    network: networkOf(options["net0"]),
    ...(options["nameserver"] === undefined ? {} : { nameserver: options["nameserver"] }),
    ...(options["searchdomain"] === undefined ? {} : { searchdomain: options["searchdomain"] }),
    ...(record.sshPublicKeys === undefined ? {} : { sshPublicKeys: record.sshPublicKeys }),
    ...(record.passwordHash === undefined ? {} : { passwordHash: record.passwordHash }),
  };
}

function networkOf(text: string | undefined): GuestNetwork | null {
  const net = properties(text, netFormat);
  if (net["bridge"] === undefined || net["hwaddr"] === undefined) return null;
  return {
    bridge: net["bridge"],
    hwaddr: net["hwaddr"],
    ip: net["ip"] ?? "manual",
    ...(net["gw"] === undefined ? {} : { gw: net["gw"] }),
    ...(net["firewall"] === "1" ? { firewall: true } : {}),
  };
}
