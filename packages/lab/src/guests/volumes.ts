// The volumes of a container: which of its options name one, which it owns, and how new ones are made.

import type { Core } from "../core";
import { died } from "../http/api-error";
import { mountFormat, rootfsFormat } from "../schema/lxc";
import { mountsOf, volumeName } from "./mounts";
import { printGib, printMount } from "./print";
import { properties } from "./properties";
import { diskGib, type GuestRecord } from "./record";

/** `storage:GiB` asks for a new volume (pve-container, $NEW_DISK_RE). */
const newDisk = /^([^:\s]+):(\d+(?:\.\d+)?)$/;

export function storageOf(volid: string): string {
  return volid.split(":")[0] ?? "";
}

/** Every volume on a storage that the container owns, with its size in GiB. */
export function ownedVolumes(record: GuestRecord): Map<string, number> {
  const root = properties(record.options["rootfs"], rootfsFormat)["volume"];
  return new Map([
    ...(root === undefined ? [] : [[root, diskGib(record)] as const]),
    ...Object.entries(record.volumes ?? {}),
  ]);
}

export function volumeOwner(core: Core, volid: string): GuestRecord | undefined {
  return core.guests.all().find((record) => ownedVolumes(record).has(volid));
}

/** Whether the config, a change that waits or a snapshot mounts it. */
export function inUse(record: GuestRecord, volid: string): boolean {
  const waiting = Object.fromEntries(
    Object.entries(record.pending).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  return [record.options, waiting, ...Object.values(record.snapshots ?? {})].some((options) =>
    mountsOf(options).some((mount) => mount.volid === volid),
  );
}

export function freeName(record: GuestRecord): string {
  const taken = new Set([...ownedVolumes(record).keys()].map((volid) => volumeName(volid).replace(/^base-/, "vm-")));
  for (let number = 0; ; number += 1)
    if (!taken.has(`vm-${record.vmid}-disk-${number}`)) return `vm-${record.vmid}-disk-${number}`;
}

export interface Wanted {
  storage: string;
  gib: number;
}

/** What `local-lvm:8` asks for; undefined when the text names a volume that is there. */
export function wantedVolume(volume: string): Wanted | undefined {
  const [, storage = "", gib = ""] = newDisk.exec(volume) ?? [];
  return storage === "" ? undefined : { storage, gib: Number(gib) };
}

export function refuseContent(core: Core, storage: string): void {
  if (!core.storages.get(storage).content.includes("rootdir"))
    throw died(`storage '${storage}' does not allow content type 'rootdir' (Container)`);
}

function demandSpace(core: Core, { storage }: Wanted, name: string): void {
  if (core.storages.isFull(storage)) {
    throw died(
      `lvcreate 'pve/${name}' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.`,
    );
  }
}

/** The record with `mpN` set: a new volume is made, one of its own is mounted again. */
export async function withMount(
  core: Core,
  record: GuestRecord,
  { key, text }: { key: string; text: string },
): Promise<GuestRecord> {
  const { volume = "" } = properties(text, mountFormat);
  const wanted = wantedVolume(volume);
  if (wanted !== undefined) {
    const name = freeName(record);
    demandSpace(core, wanted, name);
    await core.host.createVolume(record.vmid, name);
    const volid = `${wanted.storage}:${name}`;
    const options = { ...record.options, [key]: printMount(key, text, { volume: volid, size: printGib(wanted.gib) }) };
    return { ...record, options, volumes: { ...record.volumes, [volid]: wanted.gib } };
  }
  const gib = record.volumes?.[volume];
  if (gib === undefined) throw died(noSuchVolume(volume));
  const options: Record<string, string> = { ...record.options, [key]: printMount(key, text, { size: printGib(gib) }) };
  for (const [name, value] of Object.entries(options))
    if (name.startsWith("unused") && value === volume) delete options[name];
  return { ...record, options };
}

/** A volume that nothing mounts any more is kept as `unusedN`. */
export function withUnused(record: GuestRecord, volid: string): GuestRecord {
  if (!ownedVolumes(record).has(volid) || inUse(record, volid)) return record;
  for (let number = 0; ; number += 1) {
    const key = `unused${number}`;
    if (record.options[key] === undefined) return { ...record, options: { ...record.options, [key]: volid } };
  }
}

/** Frees the volume for good, unless a snapshot still holds it. */
export async function freed(core: Core, record: GuestRecord, volid: string): Promise<GuestRecord> {
  if (record.volumes?.[volid] === undefined || inUse(record, volid)) return record;
  await core.host.removeVolume(record.vmid, volumeName(volid));
  const volumes = Object.fromEntries(Object.entries(record.volumes).filter(([one]) => one !== volid));
  return { ...record, volumes };
}

export function noSuchVolume(volid: string): string {
  const name = volumeName(volid);
  return /^(vm|base)-\d+-\S+$/.test(name)
    ? `no such logical volume pve/${name}`
    : `unable to parse lvm volume name '${name}'`;
}
