// The two storages of a fresh Proxmox VE on LVM: `local` for files, `local-lvm` for guest disks.

import { died } from "./http/api-error";
import type { OsTemplate } from "./host";

export interface Storage {
  name: string;
  type: "dir" | "lvmthin";
  content: readonly string[];
  totalBytes: number;
}

export interface Storages {
  list(): Storage[];
  /** Throws `storage 'x' does not exist`. */
  get(name: string): Storage;
  usedBytes(name: string): number;
  templates(): Promise<OsTemplate[]>;
  /** A full storage refuses new disks; set by a fault. */
  setFull(name: string, full: boolean): void;
  isFull(name: string): boolean;
}

const gib = 1024 ** 3;
const all: Storage[] = [
  { name: "local", type: "dir", content: ["iso", "vztmpl", "backup", "snippets"], totalBytes: 94 * gib },
  { name: "local-lvm", type: "lvmthin", content: ["rootdir", "images"], totalBytes: 348 * gib },
];

export function createStorages(templates: () => Promise<OsTemplate[]>, allocatedGib: () => number): Storages {
  const full = new Set<string>();
  const get = (name: string) => {
    const found = all.find((storage) => storage.name === name);
    if (found === undefined) throw died(`storage '${name}' does not exist`);
    return found;
  };
  return {
    list: () => all,
    get,
    usedBytes(name) {
      const storage = get(name);
      if (full.has(name)) return storage.totalBytes;
      // Thin volumes: a Debian guest fills a small part of what it was promised.
      return name === "local" ? Math.round(7.4 * gib) : Math.min(storage.totalBytes, Math.round(allocatedGib() * gib * 0.16));
    },
    templates,
    setFull(name, on) {
      get(name);
      if (on) full.add(name);
      else full.delete(name);
    },
    isFull: (name) => full.has(name),
  };
}
