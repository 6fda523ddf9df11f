// One container of the memory backend, and its file on disk.

import { EventEmitter } from "node:events";
import { readJson, writeJson } from "../persist";
import type { GuestSpec } from "../host";
import { createFs, type KeptFs, type MemoryFs } from "../shell/memory-fs";
import { specify, type KeptDisks } from "./disks";
import type { PlanEvent } from "./plan";

export interface Unit {
  plan: PlanEvent[];
  /** Index of the event that comes next. */
  next: number;
  state: "running" | "exited" | "interrupted";
  exit?: number;
  /** It was interrupted by a restart of the guest. */
  restarted?: boolean;
}

export interface MemoryGuest {
  spec: GuestSpec;
  /** Loopback address of its own, 127.77.x.y. */
  address: string;
  /** Epoch ms; null when stopped. */
  startedAt: number | null;
  pid: number;
  /** What it sees: the root disk with its volumes mounted. */
  fs: MemoryFs;
  root: MemoryFs;
  /** Beside the root disk, by name. */
  volumes: Record<string, MemoryFs>;
  snapshots: Record<string, KeptDisks>;
  packages: string[];
  units: Record<string, Unit>;
  /** Emits "change" whenever a unit moved on. */
  events: EventEmitter;
  /** Ends the timers of units and listeners when the guest stops. */
  life: AbortController;
}

type Kept = Omit<MemoryGuest, "fs" | "root" | "volumes" | "snapshots" | "events" | "life"> & {
  /** Of the root disk. */
  fs: KeptFs;
  volumes?: Record<string, KeptFs>;
  snapshots?: Record<string, KeptDisks>;
};

export function newGuest(given: Pick<MemoryGuest, "spec" | "address">): MemoryGuest {
  const root = createFs();
  const guest = {
    ...given,
    startedAt: null,
    pid: 0,
    fs: root,
    root,
    volumes: {},
    snapshots: {},
    packages: [],
    units: {},
    events: emitter(),
    life: new AbortController(),
  };
  specify(guest, given.spec);
  return guest;
}

export function loadGuest(file: string): MemoryGuest | undefined {
  const kept = readJson<Kept>(file);
  if (kept === undefined) return undefined;
  const root = createFs(kept.fs);
  const volumes = Object.fromEntries(Object.entries(kept.volumes ?? {}).map(([name, fs]) => [name, createFs(fs)]));
  const guest = {
    ...kept,
    fs: root,
    root,
    volumes,
    snapshots: kept.snapshots ?? {},
    events: emitter(),
    life: new AbortController(),
  };
  specify(guest, kept.spec);
  return guest;
}

export function saveGuest(file: string, guest: MemoryGuest): void {
  const { events: _e, life: _l, fs: _f, root, volumes, ...rest } = guest;
  const kept = Object.fromEntries(Object.entries(volumes).map(([name, fs]) => [name, fs.toJSON()]));
  writeJson(file, { ...rest, fs: root.toJSON(), volumes: kept } satisfies Kept);
}

function emitter(): EventEmitter {
  return new EventEmitter().setMaxListeners(0);
}
