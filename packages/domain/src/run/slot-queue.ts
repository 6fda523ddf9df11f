// Whose slot is next on a node. Slots are given in rounds, one to each person in a round, so that one person's fifty runs
// do not keep another's one waiting; within one person's runs whoever asked first goes first. This is start-time fair queueing
// (Goyal, Vin, Chen 1996) with every slot of the same weight.

/** What a run needs its slot for: making its guest, or any other task of Proxmox. */
export type SlotKind = "create" | "task";

/** A run that holds a slot (`granted`) or waits for one. */
export interface SlotEntry {
  id: string;
  userId: string;
  round: number;
  askedAt: Date;
  granted: boolean;
}

/** The runs that wait, in the order of their slots: whose is next comes first. */
export function inQueue<E extends SlotEntry>(entries: readonly E[]): E[] {
  return entries
    .filter(({ granted }) => !granted)
    .sort((a, b) => a.round - b.round || a.askedAt.getTime() - b.askedAt.getTime() || (a.id < b.id ? -1 : 1));
}

/** Those of the queue who get a slot now, when at most `limit` may work at once. */
export function nextGranted<E extends SlotEntry>(entries: readonly E[], limit: number): E[] {
  const working = entries.filter(({ granted }) => granted).length;
  return inQueue(entries).slice(0, Math.max(0, limit - working));
}

/** The round of a new entry: after this person's own, and never before the one that is being worked on now. */
export function roundFor(userId: string, entries: readonly SlotEntry[]): number {
  const own = entries.filter((entry) => entry.userId === userId).map(({ round }) => round + 1);
  return Math.max(0, currentRound(entries), ...own);
}

function currentRound(entries: readonly SlotEntry[]): number {
  const working = entries.filter(({ granted }) => granted).map(({ round }) => round);
  if (working.length > 0) return Math.max(...working);
  return inQueue(entries)[0]?.round ?? 0;
}

const CREATE = "create:";

/** The queue that a run stands in: creates for each storage, everything else together. */
export function slotPool(kind: SlotKind, storage: string): string {
  return kind === "create" ? `${CREATE}${storage}` : "task";
}

/** The storage of a pool of creates; undefined: it is the one of all other tasks. */
export function storageOf(pool: string): string | undefined {
  return pool.startsWith(CREATE) ? pool.slice(CREATE.length) : undefined;
}

export function slotLimit(pool: string, node: { createsAtOnce: number; tasksAtOnce: number }): number {
  return storageOf(pool) !== undefined ? node.createsAtOnce : node.tasksAtOnce;
}

/** What `machineOf` needs of a node's row. */
export const machineColumns = { id: true, tlsFingerprint: true, pveName: true } as const;

/** What tells the machine behind a node's row: two people may have added the same one, and then they share its slots. */
export function machineOf({
  id,
  tlsFingerprint,
  pveName,
}: {
  id: string;
  tlsFingerprint: string | null;
  pveName: string | null;
}): { id: string } | { tlsFingerprint: string; pveName: string } {
  return tlsFingerprint === null || pveName === null ? { id } : { tlsFingerprint, pveName };
}
