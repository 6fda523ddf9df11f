// A pool of slots on a node, as text.
import type { SlotView } from "@homeport/api";

/** "2 creations on local-lvm", "4 other tasks". */
export function poolText({ pool, limit }: Pick<SlotView, "pool" | "limit">): string {
  const storage = /^create:(.+)$/.exec(pool)?.[1];
  if (storage !== undefined) return `${limit} ${limit === 1 ? "creation" : "creations"} on ${storage}`;
  return `${limit} other ${limit === 1 ? "task" : "tasks"}`;
}
