// A container as the node's config file knows it, and what the lab remembers beside that.

import { createHash } from "node:crypto";
import { numeric } from "../schema/lxc";
import { featuresFormat, netFormat, rootfsFormat } from "../schema/lxc";
import type { GuestNetwork, GuestSpec } from "../host";
import { mountsOf, volumeName } from "./mounts";
import { properties, toGib } from "./properties";

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
  /** Volumes beside the root disk that it owns, mounted or not: volid → GiB. */
  volumes?: Record<string, number>;
  /** The config as it was, by the snapshot's name; with `snaptime`, and `parent` and `description` where there are. */
  snapshots?: Record<string, Record<string, string>>;
}

/** `key: value` lines, sorted as pct prints them; what the digest is made of. */
export function renderConfig(record: GuestRecord): string {
  const linesOf = (options: Record<string, string>) =>
    Object.keys(options)
      .sort()
      .map((key) => `${key}: ${options[key]}`);
  const pending = Object.entries(record.pending).map(([key, value]) =>
    value === null ? `delete: ${key}` : `${key}: ${value}`,
  );
  const snapshots = Object.entries(record.snapshots ?? {})
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([name, options]) => [`[${name}]`, ...linesOf(options)]);
  return [...linesOf(record.options), ...(pending.length > 0 ? ["[pve:pending]", ...pending] : []), ...snapshots]
    .map((line) => `${line}\n`)
    .join("");
}

export function digestOf(record: GuestRecord): string {
  return createHash("sha1").update(renderConfig(record)).digest("hex");
}

/** The value as GET config sends it: integers and booleans are JSON numbers. */
export function wireValue(key: string, value: string): string | number {
  if (key === "description") return value.endsWith("\n") ? value : `${value}\n`;
  return numeric.has(key) ? Number(value) : value;
}

export function diskGib(record: GuestRecord): number {
  const size = properties(record.options["rootfs"], rootfsFormat)["size"];
  return size === undefined ? (record.asked?.diskGib ?? 0) : toGib(size);
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
    mounts: mountsOf(options)
      .filter(({ key }) => key !== "rootfs")
      .map(({ volid, path, readOnly }) => ({ volume: volumeName(volid), path, readOnly })),
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
