// What is wrong with the audit log: its chain of hashes, the signed heads, and what was seen of both before.
import { CHAIN_START, isStillThere, readAuditChain, type ChainEntry } from "./audit-chain";
import type { AuditHead, HeadSigner, RememberedHead } from "./audit-heads";
import type { Db } from "./client";

export interface InspectionOptions {
  /** Taken as good, with every entry and head before it; null: everything is read. */
  after: ChainEntry | null;
  signer: HeadSigner;
  /** The newest entry that was seen before, and the newest head: they must still be there. */
  seen: ChainEntry | null;
  remembered: RememberedHead | null;
  /** Called after every page; throws to end it there. */
  mayGoOn?: () => void;
}

export interface Flaw {
  /** "entry": not what was written, or gone. "signature": of a head that is missing or forged; the entry is the one that it was made for. */
  what: "entry" | "signature";
  entry: ChainEntry;
}

export interface Inspection {
  /** One for each entry, in their order; no more than a thousand. */
  flaws: Flaw[];
  /** The newest entry that was read; null: none. */
  last: ChainEntry | null;
  /** The newest entry before which, itself included, nothing is wrong; null: none. */
  sound: ChainEntry | null;
  newestHead: AuditHead | null;
  entries: number;
}

/** Beyond this many a list of flaws is no help. */
const MOST_FLAWS = 1_000;
const PAGE = 1_000;

export async function inspectAuditLog(db: Db, options: InspectionOptions): Promise<Inspection> {
  const { after, seen, mayGoOn } = options;
  const found = new Map<bigint, Flaw>();
  const add = (what: Flaw["what"], entry: ChainEntry): void => {
    if (found.size < MOST_FLAWS && (what === "entry" || !found.has(entry.id))) found.set(entry.id, { what, entry });
  };
  // Heads first: one that is signed meanwhile is of entries that are read below.
  const newestHead = await inspectHeads(db, options, add);
  let [last, sound, entries] = [after, after, 0];
  let brokenBefore = false;
  for await (const page of readAuditChain(db, after ?? CHAIN_START)) {
    if (!brokenBefore) sound = page.sound ?? sound;
    brokenBefore ||= page.broken.length > 0;
    for (const entry of page.broken) add("entry", entry);
    last = page.last;
    entries += page.entries;
    mayGoOn?.();
  }
  if (seen !== null && !(await isStillThere(db, seen))) add("entry", seen);
  const flaws = [...found.values()].sort((one, other) => Number(one.entry.id - other.entry.id));
  const first = flaws[0]?.entry;
  if (first !== undefined && sound !== null && sound.id >= first.id) sound = await entryBefore(db, first.id);
  return { flaws, last, sound, newestHead, entries };
}

/** Answers the newest head. */
async function inspectHeads(
  db: Db,
  { after, signer, remembered }: InspectionOptions,
  add: (what: Flaw["what"], entry: ChainEntry) => void,
): Promise<AuditHead | null> {
  const newest = await db.auditHead.findFirst({ orderBy: { number: "desc" } });
  let previous: AuditHead | null = null;
  // Where not everything is read, the newest is looked at, which the others stand under.
  const from = after === null ? 1 : (newest?.number ?? 1);
  for (let next = from; ;) {
    const page: AuditHead[] = await db.auditHead.findMany({
      where: { number: { gte: next } },
      orderBy: { number: "asc" },
      take: PAGE,
    });
    const there = await hashesOf(db, page);
    for (const head of page) {
      const follows =
        previous === null
          ? head.number === from && (from !== 1 || head.previousSignature === "")
          : head.number === previous.number + 1 && head.previousSignature === previous.signature;
      if (!follows || !signer.isGenuine(head)) add("signature", entryOf(head));
      else if (there.get(head.entryId) !== head.entryHash) add("entry", entryOf(head));
      previous = head;
    }
    if (page.length < PAGE) break;
    next = (page.at(-1)?.number ?? next) + 1;
  }
  if (remembered !== null) {
    const kept = await db.auditHead.findUnique({ where: { number: remembered.number } });
    const entry = entryOf(remembered);
    if (!(await isStillThere(db, entry))) add("entry", entry);
    else if (kept?.signature !== remembered.signature) add("signature", entry);
  }
  return newest;
}

const entryOf = ({ entryId: id, entryHash: hash, entryAt: createdAt }: RememberedHead): ChainEntry => ({
  id,
  hash,
  createdAt,
});

async function hashesOf(db: Db, heads: readonly AuditHead[]): Promise<Map<bigint, string>> {
  const rows = await db.auditLog.findMany({
    where: { id: { in: heads.map(({ entryId }) => entryId) } },
    select: { id: true, hash: true },
  });
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}

function entryBefore(db: Db, id: bigint): Promise<ChainEntry | null> {
  return db.auditLog.findFirst({
    where: { id: { lt: id } },
    orderBy: { id: "desc" },
    select: { id: true, hash: true, createdAt: true },
  });
}
