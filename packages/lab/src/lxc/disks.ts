// The disks of a real guest as folders: `rootfs`, `volumes/<name>`, and `snapshots/<name>` with copies of both.
import { existsSync } from "node:fs";
import { chown, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { idMap } from "./config";
import { forgetMachineId } from "./guest-files";
import { run } from "./run";
import { volumePath } from "./volume-path";

const snapshotPath = (home: string, name: string): string => join(home, "snapshots", name);

/** Owned by the guest's root, which is not this machine's when the guest is unprivileged. */
export async function createVolume(home: string, name: string, unprivileged: boolean): Promise<void> {
  const path = volumePath(home, name);
  await mkdir(path, { recursive: true });
  if (unprivileged) await chown(path, idMap.first, idMap.first);
}

/** Of the guest whose configuration was written before. */
export async function isUnprivileged(home: string): Promise<boolean> {
  return (await readFile(join(home, "config"), "utf8").catch(() => "")).includes("lxc.idmap");
}

/** Removed by a name that no guest uses first: what a kill leaves of it is no volume any more. */
export async function removeTree(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const gone = `${path}.gone`;
  await rm(gone, { recursive: true, force: true });
  await rename(path, gone);
  await rm(gone, { recursive: true, force: true });
}

/** Copies beside and renames at the end: a snapshot is whole or not there. */
export async function takeSnapshot(home: string, name: string, volumes: readonly string[]): Promise<void> {
  const making = snapshotPath(home, `${name}.making`);
  await rm(making, { recursive: true, force: true });
  await mkdir(join(making, "volumes"), { recursive: true });
  try {
    await copyTree(join(home, "rootfs"), join(making, "rootfs"));
    for (const volume of volumes) await copyTree(volumePath(home, volume), volumePath(making, volume));
    await rename(making, snapshotPath(home, name));
  } catch (failure) {
    await rm(making, { recursive: true, force: true });
    throw failure;
  }
}

export async function rollback(home: string, name: string): Promise<void> {
  const from = snapshotPath(home, name);
  if (!existsSync(from)) throw new Error(`snapshot '${name}' does not exist`);
  const trees = [["rootfs"], ...(await volumesIn(from)).map((volume) => ["volumes", volume])];
  // All copies first: a full disk changes nothing.
  for (const tree of trees) {
    await rm(`${join(home, ...tree)}.new`, { recursive: true, force: true });
    await copyTree(join(from, ...tree), `${join(home, ...tree)}.new`);
  }
  for (const tree of trees) {
    await removeTree(join(home, ...tree));
    await rename(`${join(home, ...tree)}.new`, join(home, ...tree));
  }
}

export const removeSnapshot = (home: string, name: string): Promise<void> => removeTree(snapshotPath(home, name));

/** `to` becomes a folder with copies of the disks of a guest, or of its snapshot. */
export async function copyDisks(
  home: string,
  to: string,
  what: { snapshot?: string | undefined; volumes: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<void> {
  const from = what.snapshot === undefined ? home : snapshotPath(home, what.snapshot);
  await mkdir(join(to, "volumes"), { recursive: true });
  await copyTree(join(from, "rootfs"), join(to, "rootfs"), what.signal);
  for (const [old, fresh] of Object.entries(what.volumes))
    await copyTree(volumePath(from, old), volumePath(to, fresh), what.signal);
  await forgetMachineId(join(to, "rootfs"));
}

async function volumesIn(path: string): Promise<string[]> {
  return readdir(join(path, "volumes")).catch(() => []);
}

async function copyTree(from: string, to: string, signal?: AbortSignal): Promise<void> {
  await run(["cp", "-a", "--reflink=auto", from, to], signal === undefined ? {} : { signal });
}
