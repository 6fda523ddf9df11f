// What is wrong with the audit log: its chain of hashes, the signed heads, and what was seen of both before.
import { CHAIN_START, isStillThere, readAuditChain, type ChainEntry } from "./audit-chain";
import type { AuditHead, HeadSigner, RememberedHead } from "./audit-heads";
import { inspectTables } from "./audit-tables";
import type { Db } from "./client";
import type { AuditCheck } from "./generated/client";

export interface InspectionOptions {
  /** Taken as good, with every entry and head before it; null: everything is read. */
  after: ChainEntry | null;
  signer: HeadSigner;
  /** The newest entry that was seen before, and the newest head: they must still be there. */
  seen: ChainEntry | null;
  remembered: RememberedHead | null;
  /** Called after every page; throws to end it there. */
  mayGoOn?: (() => void) | undefined;
}

export interface Flaw {
  /**
   * "entry": not what was written, or gone. "signature": of a head that is missing or forged; the entry is the one that it was made for.
   * "memory": the newest entry that was signed, as it is remembered outside of the database, is not in it. "table": the tables are not as the
   * migrations made them, so that nothing that they show is sure; the entry is the newest.
   */
  what: "entry" | "signature" | "memory" | "table";
  entry: ChainEntry;
}

export interface Inspection {
  /** In the order of their entries; of each sort no more than a thousand. */
  flaws: Flaw[];
  /** The newest entry that was read; null: none. */
  last: ChainEntry | null;
  /** The newest entry before which, itself included, nothing is wrong; null: none. Where there is a flaw: the newest that is signed before it. */
  sound: ChainEntry | null;
  newestHead: AuditHead | null;
  /** Behind which entry the log begins, since its oldest were dropped. */
  beginning: LogBeginning | null;
  /** What is not as the migrations made it, in sentences. */
  tables: string[];
  entries: number;
}

interface LogBeginning {
  entry: ChainEntry;
  droppedAt: Date;
}

/** Beyond this many a list of flaws is no help. */
const MOST_FLAWS = 1_000;
const PAGE = 1_000;

/** Of one entry: what is surest first. */
const order: readonly Flaw["what"][] = ["entry", "signature", "memory", "table"];
const NONE: ChainEntry = { id: 0n, hash: "", createdAt: new Date(0) };

type Add = (what: Flaw["what"], entry: ChainEntry) => void;

/** What the last look stored as the newest entry that it verified. */
export function seenBefore(check: AuditCheck | null): ChainEntry | null {
  return check?.headAt ? { id: check.headId, hash: check.headHash, createdAt: check.headAt } : null;
}

export async function inspectAuditLog(db: Db, options: InspectionOptions): Promise<Inspection> {
  const beginning = await readBeginning(db, options.signer);
  const found = await inspectFrom(db, beginning, options);
  if (found.flaws.length === 0) return found;
  // What was dropped while it was read is not missing.
  const now = await readBeginning(db, options.signer);
  return now?.entry.id === beginning?.entry.id ? found : inspectFrom(db, now, options);
}

async function inspectFrom(db: Db, claimed: ClaimedBeginning | null, options: InspectionOptions): Promise<Inspection> {
  const { seen, mayGoOn } = options;
  const flaws = new Map<string, Flaw>();
  const counts = { entry: 0, signature: 0, memory: 0, table: 0 };
  const add: Add = (what, entry) => {
    const key = `${what} ${entry.id}`;
    if (counts[what] === MOST_FLAWS || flaws.has(key)) return;
    counts[what] += 1;
    flaws.set(key, { what, entry });
  };
  const beginning = claimed?.isGenuine === true ? claimed : null;
  if (claimed?.isGenuine === false) add("signature", claimed.entry);
  // Heads first: one that is signed meanwhile is of entries that are read below.
  const heads = await inspectHeads(db, { ...options, beginning }, add);
  const start = later(options.after, beginning?.entry ?? null);
  let [last, entries] = [start, 0];
  for await (const page of readAuditChain(db, start ?? CHAIN_START)) {
    for (const entry of page.broken) add("entry", entry);
    last = page.last;
    entries += page.entries;
    mayGoOn?.();
  }
  if (beginning !== null) await inspectLeftovers(db, beginning.entry, add);
  if (seen !== null && !(await isAccountedFor(db, seen, beginning))) add("entry", seen);
  const { remembered } = options;
  if (remembered !== null && !(await isRemembered(db, remembered, beginning))) add("memory", entryOf(remembered));
  const tables = await inspectTables(db);
  if (tables.length > 0) add("table", last ?? NONE);
  const sorted = [...flaws.values()].sort(
    (one, other) => Number(one.entry.id - other.entry.id) || order.indexOf(one.what) - order.indexOf(other.what),
  );
  const first = sorted[0]?.entry;
  // What is signed was so; what is not may have been changed together with its hashes, up to the place that does not fit.
  const sound = first === undefined ? last : (heads.fitting.findLast(({ id }) => id < first.id) ?? null);
  return { flaws: sorted, last, sound, newestHead: heads.newest, beginning, tables, entries };
}

interface HeadsAsked extends Pick<InspectionOptions, "after" | "signer"> {
  beginning: LogBeginning | null;
}

/** `fitting`: the entries, in their order, whose heads are genuine and of what stands in the log. */
async function inspectHeads(
  db: Db,
  { after, signer, beginning }: HeadsAsked,
  add: Add,
): Promise<{ newest: AuditHead | null; fitting: ChainEntry[] }> {
  const newest = await db.auditHead.findFirst({ orderBy: { number: "desc" } });
  const fitting: ChainEntry[] = [];
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
      const wasDropped = beginning !== null && head.entryId <= beginning.entry.id;
      if (!follows || !signer.isGenuine(head)) add("signature", entryOf(head));
      else if (!wasDropped && there.get(head.entryId) !== head.entryHash) add("entry", entryOf(head));
      else fitting.push(entryOf(head));
      previous = head;
    }
    if (page.length < PAGE) return { newest, fitting };
    next = (page.at(-1)?.number ?? next) + 1;
  }
}

async function isRemembered(db: Db, remembered: RememberedHead, beginning: LogBeginning | null): Promise<boolean> {
  const kept = await db.auditHead.findUnique({ where: { number: remembered.number } });
  return kept?.signature === remembered.signature && isAccountedFor(db, entryOf(remembered), beginning);
}

/** What a drop that was ended in the middle, or is under way, has left is the end of what was dropped, and nothing else. */
async function inspectLeftovers(db: Db, beginning: ChainEntry, add: Add): Promise<void> {
  for (let first = await oldestUpTo(db, beginning.id); first !== null;) {
    const flaws: ChainEntry[] = [];
    let last: ChainEntry | undefined;
    for await (const page of readAuditChain(db, { id: first.id - 1n, hash: first.previousHash })) {
      flaws.push(...page.broken.filter(({ id }) => id <= beginning.id));
      last = page.last;
      if (last.id >= beginning.id) break;
    }
    if (!(await isStillThere(db, beginning))) flaws.push(last ?? beginning);
    const now = flaws.length === 0 ? first : await oldestUpTo(db, beginning.id);
    // What is deleted while it is read is not missing.
    if (now?.id === first.id) {
      for (const flaw of flaws) add("entry", flaw);
      return;
    }
    first = now;
  }
}

function oldestUpTo(db: Db, id: bigint): Promise<{ id: bigint; previousHash: string } | null> {
  return db.auditLog.findFirst({
    where: { id: { lte: id } },
    orderBy: { id: "asc" },
    select: { id: true, previousHash: true },
  });
}

/** One that nobody signed counts as none: what it hides is missing then. */
interface ClaimedBeginning extends LogBeginning {
  isGenuine: boolean;
}

/** Null: nothing was dropped. */
async function readBeginning(db: Db, signer: HeadSigner): Promise<ClaimedBeginning | null> {
  const row = await db.auditBeginning.findFirst({ where: { only: true }, include: { head: true } });
  if (row === null) return null;
  // No foreign key holds against who switches them off.
  const head = row.head as typeof row.head | null;
  if (head === null) return { entry: NONE, droppedAt: row.droppedAt, isGenuine: false };
  return { entry: entryOf(head), droppedAt: row.droppedAt, isGenuine: signer.isGenuineBeginning(row, head) };
}

const later = (one: ChainEntry | null, other: ChainEntry | null): ChainEntry | null =>
  one === null || (other !== null && other.id > one.id) ? other : one;

/** There as it was, or dropped with all before it. */
async function isAccountedFor(db: Db, entry: ChainEntry, beginning: LogBeginning | null): Promise<boolean> {
  if (beginning !== null && entry.id < beginning.entry.id) return true;
  if (beginning !== null && entry.id === beginning.entry.id) return entry.hash === beginning.entry.hash;
  return isStillThere(db, entry);
}

export const entryOf = ({ entryId: id, entryHash: hash, entryAt }: RememberedHead): ChainEntry => ({
  id,
  hash,
  createdAt: Number.isNaN(entryAt.getTime()) ? NONE.createdAt : entryAt,
});

async function hashesOf(db: Db, heads: readonly AuditHead[]): Promise<Map<bigint, string>> {
  const rows = await db.auditLog.findMany({
    where: { id: { in: heads.map(({ entryId }) => entryId) } },
    select: { id: true, hash: true },
  });
  return new Map(rows.map(({ id, hash }) => [id, hash]));
}
