// What changed in a list of containers since its reader had it, and the list with that.
import { decodeFigures, figuresOf, withFigures, type Used } from "./figures";

/** A container as a list has it; what else it has is one with its identity and only sent whole. */
export interface Listed {
  id: string;
  vmid: number | null;
  createdAt: Date;
  node: { id: string };
  usage: (Used & { maxCpu: number }) | null;
  seenAt: Date | null;
}

/** What one look at a node found of the guests that were there already. */
export interface Seen {
  nodeId: string;
  /** Milliseconds since the epoch: of every container of this node that was seen at all. */
  at: number;
  /** `encodeFigures` of those whose figures changed. */
  figures: string;
}

export type ListChanges<T extends Listed> =
  /** The list is to be read: it is not known to be the reader's, or too much of it changed. */
  { type: "reread" } | { type: "changes"; seen: Seen[]; rows: T[]; gone: string[] };

/** Newest first, as the list itself; of the same moment in one order. */
function byAge(a: Pick<Listed, "createdAt" | "id">, b: Pick<Listed, "createdAt" | "id">): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1);
}

export function applyChanges<T extends Listed>(list: readonly T[], changes: ListChanges<T>): readonly T[] {
  if (changes.type === "reread") return list;
  const { seen, rows, gone } = changes;
  const nodes = new Map(seen.map(({ nodeId, at, figures }) => [nodeId, { at, figures: decodeFigures(figures) }]));
  const sent = new Set([...rows.map(({ id }) => id), ...gone]);
  const kept = list.flatMap((one) => {
    if (sent.has(one.id)) return [];
    const node = one.seenAt === null ? undefined : nodes.get(one.node.id);
    if (node === undefined) return [one];
    const figures = one.usage === null || one.vmid === null ? undefined : node.figures.get(one.vmid);
    const usage = one.usage !== null && figures !== undefined ? withFigures(one.usage, figures) : one.usage;
    return [{ ...one, seenAt: new Date(node.at), usage }];
  });
  return rows.length === 0 ? kept : [...kept, ...rows].sort(byAge);
}

/** Changes whenever something does that is only sent whole: everything but the figures and the time they are of. */
export function stampOf({ usage, seenAt, ...rest }: Listed): number {
  const limits = usage && [usage.maxCpu, usage.maxMemBytes, usage.maxDiskBytes];
  return hash(JSON.stringify([rest, limits, seenAt !== null]));
}

/** Of a list, in whatever order: equal when all are, but for their figures. */
export function digestOf(stamps: Iterable<number>): string {
  let sum = 0;
  for (const stamp of stamps) sum = (sum + stamp) % RANGE;
  return sum.toString(36);
}

export const figuresKey = (usage: Used | null): string => (usage === null ? "" : figuresOf(usage).join());

const RANGE = 2 ** 48;

/** 48 bits, to tell texts apart, not to hide them (cyrb53: two FNV-like halves, mixed). */
function hash(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b & 0xffff) * 2 ** 32 + (a >>> 0);
}
