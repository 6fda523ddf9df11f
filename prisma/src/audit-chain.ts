// Whether the audit log is still what was written: the trigger audit_log_chain gives each row the hash of the one before it.
import { createHash } from "node:crypto";
import type { Db } from "./client";

export interface ChainLink {
  id: bigint;
  hash: string;
}

export interface ChainEntry extends ChainLink {
  createdAt: Date;
}

export interface ChainPage {
  /** The last entry read: where the next page begins. */
  last: ChainEntry;
  /** The last one before the first that does not fit; `last` when all do, undefined when there is none on this page. */
  sound: ChainEntry | undefined;
  /** Those that are not what was written, or do not follow the one before them. */
  broken: ChainEntry[];
  /** How many were read. */
  entries: number;
}

/** Below every id: an entry that somebody put before the first one is read, too. */
export const CHAIN_START: ChainLink = { id: -(2n ** 63n) - 1n, hash: "" };
const LAST_ID = 2n ** 63n - 1n;
const PAGE = 1_000;

/**
 * Reads the log from behind `after`, which is taken as good, page by page. Past an entry that does not fit it goes on with what
 * stands there, so that each break is reported once. The hashes are computed here, not by the function in the database that made them; a time that is none of ours is read as 1970.
 */
export async function* readAuditChain(db: Db, after: ChainLink = CHAIN_START, page = PAGE): AsyncGenerator<ChainPage> {
  for (let before = after; ;) {
    // Writers draw ids and commit in one order, under the trigger's lock: nothing appears behind this cursor later.
    const [, rows] = await db.$transaction([
      db.$executeRaw`SET LOCAL TIME ZONE 'UTC'`, // as the trigger has it: times are part of the text
      db.$queryRaw<{ id: bigint; createdAt: Date; previous: string; hash: string; text: string }[]>`
        SELECT "id", CASE WHEN "createdAt" BETWEEN '0001-01-01' AND '9999-12-31' THEN "createdAt" ELSE 'epoch' END AS "createdAt",
          "previousHash" AS previous, "hash", (pg_catalog.to_jsonb(a) - 'hash' - 'previousHash' - CASE WHEN a."actorKind" IS NULL THEN 'actorKind' ELSE '' END)::text AS text
        FROM "AuditLog" a WHERE "id" >= ${before.id + 1n} ORDER BY "id" LIMIT ${page}`,
    ]);
    let sound: ChainEntry | undefined;
    const broken: ChainEntry[] = [];
    for (const { id, createdAt, previous, hash, text } of rows) {
      const fits =
        previous === before.hash &&
        createHash("sha256")
          .update(previous + text)
          .digest("hex") === hash;
      const entry = { id, createdAt, hash };
      if (!fits) broken.push(entry);
      else if (broken.length === 0) sound = entry;
      before = entry;
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    yield { last: { id: last.id, createdAt: last.createdAt, hash: last.hash }, sound, broken, entries: rows.length };
    if (rows.length < page || last.id === LAST_ID) return;
  }
}

/** The first entry of the whole log that does not fit; null when all do. */
export async function firstBrokenEntry(db: Db): Promise<ChainEntry | null> {
  for await (const {
    broken: [first],
  } of readAuditChain(db))
    if (first !== undefined) return first;
  return null;
}

/** Whether an entry that was seen once is there, as it was. The end of a chain can be cut off without a trace in the rest. */
export async function isStillThere(db: Db, { id, hash }: ChainLink): Promise<boolean> {
  return id === CHAIN_START.id || (await db.auditLog.count({ where: { id, hash } })) === 1;
}
