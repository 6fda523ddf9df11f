// The node's /etc/pve/lxc: one record per VMID, one file each.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { died } from "../http/api-error";
import { readJson, writeJson } from "../persist";
import type { GuestRecord } from "./record";

export interface Guests {
  find(vmid: number): GuestRecord | undefined;
  /** Throws Proxmox's 500 for an absent config file. */
  get(vmid: number): GuestRecord;
  all(): GuestRecord[];
  save(record: GuestRecord): void;
  remove(vmid: number): void;
}

export function openGuests(directory: string, node: string): Guests {
  mkdirSync(directory, { recursive: true });
  const records = new Map<number, GuestRecord>();
  for (const name of readdirSync(directory).filter((file) => /^\d+\.json$/.test(file))) {
    const record = readJson<GuestRecord>(join(directory, name));
    if (record !== undefined) records.set(record.vmid, record);
  }
  const fileOf = (vmid: number) => join(directory, `${vmid}.json`);

  return {
    find: (vmid) => records.get(vmid),
    get(vmid) {
      const record = records.get(vmid);
      if (record === undefined) throw died(missing(node, vmid));
      return record;
    },
    all: () => [...records.values()],
    save(record) {
      records.set(record.vmid, record);
      writeJson(fileOf(record.vmid), record);
    },
    remove(vmid) {
      records.delete(vmid);
      rmSync(fileOf(vmid), { force: true });
    },
  };
}

export function missing(node: string, vmid: number): string {
  return `Configuration file 'nodes/${node}/lxc/${vmid}.conf' does not exist`;
}

/** The 500 of an operation that a config lock forbids. */
export function refuseLocked(record: GuestRecord): void {
  const lock = record.options["lock"];
  if (lock !== undefined) throw died(`CT is locked (${lock})`);
}
