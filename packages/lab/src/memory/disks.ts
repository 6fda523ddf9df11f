// The disks of a memory guest: volumes beside the root, snapshots of both, copies for another guest.

import { createFs, type KeptFs } from "../shell/memory-fs";
import type { GuestCopy, GuestSpec } from "../host";
import { newGuest, type MemoryGuest, type Unit } from "./guest";
import { mountedFs } from "./mounted-fs";

/** What a snapshot keeps: both disks, and what the simulation remembers beside them. */
export interface KeptDisks {
  root: KeptFs;
  volumes: Record<string, KeptFs>;
  packages: string[];
  units: Record<string, Unit>;
}

/** The guest under its new specification; a mounted volume that is not there yet is made empty. */
export function specify(guest: MemoryGuest, spec: GuestSpec): void {
  guest.spec = spec;
  const mounts = (spec.mounts ?? []).map(({ volume, path, readOnly }) => {
    guest.volumes[volume] ??= emptyVolume();
    return { path, readOnly, fs: guest.volumes[volume] };
  });
  guest.fs = mountedFs(guest.root, mounts);
}

export function emptyVolume() {
  return createFs({ files: {}, directories: { "/": { mode: 0o755, uid: 0, gid: 0 } } });
}

export function disksOf(guest: MemoryGuest, names = Object.keys(guest.volumes)): KeptDisks {
  const volumes = names.flatMap((name) =>
    guest.volumes[name] === undefined ? [] : [[name, guest.volumes[name].toJSON()] as const],
  );
  return structuredClone({
    root: guest.root.toJSON(),
    volumes: Object.fromEntries(volumes),
    packages: guest.packages,
    units: guest.units,
  });
}

/** Units that ran when the snapshot was taken are interrupted, as after a power cut. */
export function restoreDisks(guest: MemoryGuest, kept: KeptDisks): void {
  const { root, volumes, packages, units } = structuredClone(kept);
  guest.root = createFs(root);
  for (const [name, fs] of Object.entries(volumes)) guest.volumes[name] = createFs(fs);
  guest.packages = packages;
  guest.units = Object.fromEntries(
    Object.entries(units).map(([name, unit]) => [
      name,
      unit.state === "running" ? { ...unit, state: "interrupted", restarted: true } : unit,
    ]),
  );
  specify(guest, guest.spec);
}

export function copyOf(source: MemoryGuest, { snapshot, spec, volumes }: GuestCopy, address: string): MemoryGuest {
  const kept = snapshot === undefined ? disksOf(source) : source.snapshots[snapshot];
  if (kept === undefined) throw new Error(`snapshot '${snapshot}' does not exist`);
  const made = newGuest({ spec: { ...spec, mounts: [] }, address });
  const renamed = Object.entries(volumes).flatMap(([from, to]) =>
    kept.volumes[from] === undefined ? [] : [[to, kept.volumes[from]] as const],
  );
  restoreDisks(made, { ...kept, volumes: Object.fromEntries(renamed) });
  specify(made, spec);
  made.fs.write("/etc/hostname", Buffer.from(`${spec.hostname}\n`));
  return made;
}
