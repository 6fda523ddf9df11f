// One container of the memory backend, and its file on disk.

import { EventEmitter } from "node:events";
import { readJson, writeJson } from "../persist";
import type { GuestSpec } from "../host";
import { createFs, type KeptFs, type MemoryFs } from "../shell/memory-fs";
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
  fs: MemoryFs;
  packages: string[];
  units: Record<string, Unit>;
  /** Emits "change" whenever a unit moved on. */
  events: EventEmitter;
  /** Ends the timers of units and listeners when the guest stops. */
  life: AbortController;
}

type Kept = Omit<MemoryGuest, "fs" | "events" | "life"> & { fs: KeptFs };

export function newGuest(given: Pick<MemoryGuest, "spec" | "address">): MemoryGuest {
  return { ...given, startedAt: null, pid: 0, fs: createFs(), packages: [], units: {}, events: emitter(), life: new AbortController() };
}

export function loadGuest(file: string): MemoryGuest | undefined {
  const kept = readJson<Kept>(file);
  if (kept === undefined) return undefined;
  return { ...kept, fs: createFs(kept.fs), events: emitter(), life: new AbortController() };
}

export function saveGuest(file: string, guest: MemoryGuest): void {
  const { events: _e, life: _l, fs, ...rest } = guest;
  writeJson(file, { ...rest, fs: fs.toJSON() } satisfies Kept);
}

function emitter(): EventEmitter {
  return new EventEmitter().setMaxListeners(0);
}
