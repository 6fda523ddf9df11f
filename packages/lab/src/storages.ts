// The two storages of a fresh Proxmox VE on LVM: `local` for files, `local-lvm` for guest disks.

import { died } from "./http/api-error";
import type { OsTemplate } from "./host";
import { readJson, writeJson } from "./persist";

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
  /** What it may hold from now on, in place of what it held. Throws what pvesm refuses. */
  setContent(name: string, content: readonly string[]): void;
}

const gib = 1024 ** 3;
const fresh: Storage[] = [
  { name: "local", type: "dir", content: ["iso", "vztmpl", "backup", "snippets"], totalBytes: 94 * gib },
  { name: "local-lvm", type: "lvmthin", content: ["rootdir", "images"], totalBytes: 348 * gib },
];

const canHold: Record<Storage["type"], readonly string[]> = {
  dir: ["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import", "none"],
  lvmthin: ["images", "rootdir", "none"],
};

export function createStorages(
  templates: () => Promise<OsTemplate[]>,
  allocatedGib: () => number,
  file: string,
): Storages {
  const changed = readJson<Record<string, readonly string[]>>(file) ?? {};
  const all = fresh.map((storage) => ({ ...storage, content: changed[storage.name] ?? storage.content }));
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
      return name === "local"
        ? Math.round(7.4 * gib)
        : Math.min(storage.totalBytes, Math.round(allocatedGib() * gib * 0.16));
    },
    templates,
    setFull(name, on) {
      get(name);
      if (on) full.add(name);
      else full.delete(name);
    },
    isFull: (name) => full.has(name),
    setContent(name, content) {
      const storage = get(name);
      const unfit = content.find((kind) => !canHold[storage.type].includes(kind));
      if (unfit !== undefined) throw died(`storage does not support content type '${unfit}'`);
      storage.content = content;
      writeJson(file, Object.fromEntries(all.map((one) => [one.name, one.content])));
    },
  };
}
