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
  /** When the first question went out. */
  atMs: number;
}

/** What is older is believed by nobody (`pace.rightsMs`). */
const GRANTED_MOST_MS = 600_000;

interface Granted {
  privileges: Permissions[string];
  atMs: number;
}

/** By the connection, which this process's activities on a node share; another secret or address is another connection. */
const kept = new WeakMap<Proxmox, Seen>();
/** When a create of ours had last ended. */
const made = new WeakMap<Proxmox, number>();
const granted = new WeakMap<Proxmox, Map<string, Granted>>();

/** Only of plans in whose way nothing stands: who has a VMID depends on who asks. */
export function noteSeen(proxmox: Proxmox, seen: Seen): void {
  kept.set(proxmox, seen);
}

/** A create has ended: its disk is promised no more, so who plans now asks how much room is left. */
export function noteMade(proxmox: Proxmox): void {
  made.set(proxmox, performance.now());
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
  if (seen === undefined || performance.now() - seen.atMs >= seenMs) return undefined;
  if ((made.get(proxmox) ?? Number.NEGATIVE_INFINITY) >= seen.atMs) return undefined;
  const number = seen.numbers.get(vmid);
  return seen.osTemplate === osTemplate && number !== undefined ? { ...seen.around, ...number } : undefined;
}

/** `effective`: by path, what the token may there. */
export function noteGranted(proxmox: Proxmox, effective: Permissions): void {
  const paths = granted.get(proxmox) ?? new Map<string, Granted>();
  granted.set(proxmox, paths);
  const now = performance.now();
  for (const [path, { atMs }] of paths) if (now - atMs > GRANTED_MOST_MS) paths.delete(path);
  for (const [path, privileges] of Object.entries(effective)) paths.set(path, { privileges, atMs: now });
}

/** Proxmox has just refused what was believed. */
export function forgetGranted(proxmox: Proxmox): void {
  granted.delete(proxmox);
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
