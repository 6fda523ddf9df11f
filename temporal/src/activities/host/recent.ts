// What a node said a moment ago, for the steps that follow each other within it: only where being wrong costs no more than a refusal of
// Proxmox's own, as whoever takes a VMID or names an image is refused in the very call. Whose a guest is, is asked anew each
// time, except for what goes through a channel that was opened after it was compared (script/inside.ts).
import type { Proxmox, Resource } from "@homeport/proxmox";
import type { Host, Pace } from "./deps";

interface Seen {
  guests: readonly Resource[];
  /** Volume ids of OS images that are there. */
  images: readonly string[];
  /** The next free VMID, where Proxmox was asked for it. */
  offered?: number;
}

/** By the connection, which this process's activities on a node share. */
const kept = new WeakMap<Proxmox, Seen & { atMs: number }>();

export function noteSeen(proxmox: Proxmox, seen: Seen): void {
  kept.set(proxmox, { ...seen, atMs: performance.now() });
}

export function seenLately({ proxmox }: Pick<Host, "proxmox">, { seenMs }: Pick<Pace, "seenMs">): Seen | undefined {
  const seen = kept.get(proxmox);
  return seen !== undefined && performance.now() - seen.atMs < seenMs ? seen : undefined;
}
