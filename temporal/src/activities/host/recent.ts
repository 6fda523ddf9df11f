// What a node said a moment ago, for the plans and steps that follow each other within it: only where being wrong costs no more than a
// refusal of Proxmox's own, as whoever takes a VMID, names an image or uses a right is refused in the very call. Whose a guest is, is asked anew each
// time, except for what goes through a channel that was opened after it was compared (script/inside.ts).
import type { Permissions, Proxmox, Resource } from "@homeport/proxmox";
import type { Host, Pace } from "./deps";
import type { Sight, Surroundings, VmidSight } from "./plan/plan-sight";

interface Seen {
  around: Surroundings;
  /** The OS image that its surroundings were asked for. */
  osTemplate: string;
  /** By the typed VMID; null: of an automatic one. */
  numbers: ReadonlyMap<number | null, VmidSight>;
  atMs: number;
  /** A disk was made since: the storages have less room than they said. */
  madeSince: boolean;
}

interface Granted {
  privileges: Permissions[string];
  atMs: number;
}

/** By the connection, which this process's activities on a node share, and which ends with the token's secret. */
const kept = new WeakMap<Proxmox, Seen>();
const granted = new WeakMap<Proxmox, Map<string, Granted>>();

/** `asked`: when the first question went out. */
export function noteSeen(
  proxmox: Proxmox,
  seen: Pick<Seen, "around" | "osTemplate" | "numbers">,
  asked = performance.now(),
): void {
  kept.set(proxmox, { ...seen, atMs: asked, madeSince: false });
}

/** A create has ended: who plans now asks how much room is left. */
export function noteMade(proxmox: Proxmox): void {
  const seen = kept.get(proxmox);
  if (seen) kept.set(proxmox, { ...seen, madeSince: true });
}

/** For a step behind a plan: who is there, which images are, and what Proxmox offers as the next VMID, where it was asked. */
export function seenLately(
  { proxmox }: Pick<Host, "proxmox">,
  { seenMs }: Pick<Pace, "seenMs">,
): { guests: readonly Resource[]; images: readonly string[]; offered?: number | undefined } | undefined {
  const seen = kept.get(proxmox);
  if (seen === undefined || performance.now() - seen.atMs >= seenMs) return undefined;
  return {
    guests: seen.around.guests,
    images: seen.around.images.map(({ volid }) => volid),
    offered: seen.numbers.get(null)?.offered,
  };
}

/** For the plan of the very same choices. */
export function sightLately(
  { proxmox }: Pick<Host, "proxmox">,
  { osTemplate, vmid }: { osTemplate: string; vmid: number | null },
  { seenMs }: Pick<Pace, "seenMs">,
): Sight | undefined {
  const seen = kept.get(proxmox);
  if (seen === undefined || seen.madeSince || performance.now() - seen.atMs >= seenMs) return undefined;
  const number = seen.numbers.get(vmid);
  return seen.osTemplate === osTemplate && number !== undefined ? { ...seen.around, ...number } : undefined;
}

/** `effective`: by path, what the token may there. */
export function noteGranted(proxmox: Proxmox, effective: Permissions): void {
  const paths = granted.get(proxmox) ?? new Map<string, Granted>();
  granted.set(proxmox, paths);
  for (const [path, privileges] of Object.entries(effective)) paths.set(path, { privileges, atMs: performance.now() });
}

/** What the token may at all of these paths; undefined where one was not asked about for a while. */
export function grantedLately(
  { proxmox }: Pick<Host, "proxmox">,
  paths: readonly string[],
  { rightsMs }: Pick<Pace, "rightsMs">,
): Permissions | undefined {
  const effective: Permissions = {};
  for (const path of paths) {
    const known = granted.get(proxmox)?.get(path);
    if (known === undefined || performance.now() - known.atMs >= rightsMs) return undefined;
    effective[path] = known.privileges;
  }
  return effective;
}
