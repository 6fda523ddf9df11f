// Whether somebody changed the audit log behind Homeport's back: new entries every hour, all of them every day. What is whole is signed.
import type { AuditHead, AuditMemory, HeadMemory, HeadSigner } from "@homeport/db/audit-heads";
import { entryOf, inspectAuditLog, seenBefore, type Inspection } from "@homeport/db/audit-inspection";
import type { Db } from "@homeport/db/client";
import { dropOldEntries } from "./drop-entries";

/** With what the newest entry is signed, and where it is remembered outside of the database. */
export interface AuditHeads {
  signer: HeadSigner;
  memory: HeadMemory;
  /** How long entries are kept; 0: for ever. */
  days: number;
}

export interface AuditCheckDeps {
  db: Db;
  heads: AuditHeads;
  log: (entry: { event: string; [key: string]: unknown }) => void;
  now: Date;
  /** Called after every page; throws to end it there, and nothing is stored then. */
  mayGoOn?: () => void;
}

const DAY_MS = 86_400_000;

/**
 * Looks, and stores what it found for the Activity page. A break is looked at anew, from the beginning, at every call: what was put
 * back as it was is whole again. The head is remembered for good, as entries cut off at the end leave no trace in the chain itself;
 * nothing is signed behind a break.
 */
export async function checkAuditLog({ db, heads, log, now, mayGoOn }: AuditCheckDeps): Promise<void> {
  const kept = await db.auditCheck.findFirst({ where: { only: true } });
  const seen = seenBefore(kept);
  const memory = recall(heads.memory, log);
  if (memory === null && (await db.auditHead.count({ take: 1 })) > 0)
    log({
      event: "audit-head-not-remembered",
      level: "error",
      error: "nothing is remembered of what was signed before",
    });
  // Where new entries begin, and when everything is due, is what this side remembers: who writes the database could put it off for ever.
  const sinceWholeMs = memory === null ? DAY_MS : now.getTime() - memory.wholeAt.getTime();
  let whole = memory === null || (kept?.brokenId ?? null) !== null || sinceWholeMs < 0 || sinceWholeMs >= DAY_MS;
  const looked = async (): Promise<Inspection> =>
    inspectAuditLog(db, {
      after: whole || memory === null ? null : entryOf(memory.head),
      seen,
      remembered: memory?.head ?? null,
      signer: heads.signer,
      mayGoOn,
    });
  let found = await looked();
  // Which entry is the first that does not fit is known from the whole log.
  if (!whole && found.flaws.length > 0) {
    whole = true;
    found = await looked();
  }
  mayGoOn?.();

  const [first] = found.flaws;
  const wholeAt = whole || memory === null ? now : memory.wholeAt;
  if (first === undefined) await signHead({ db, heads, log, now }, { ...found, wholeAt });
  else
    log({
      event: "audit-log-broken",
      level: "error",
      what: first.what,
      entry: String(first.entry.id),
      at: first.entry.createdAt.toISOString(),
      broken: found.flaws.length,
      ...(found.tables.length > 0 && { tables: found.tables }),
    });

  mayGoOn?.();
  const newest = first === undefined ? found.last : seen;
  const data = {
    ...(newest === null ? {} : { headId: newest.id, headHash: newest.hash, headAt: newest.createdAt }),
    wholeAt,
    checkedAt: now,
    verifiedAt: found.sound?.createdAt ?? null,
    brokenId: first?.entry.id ?? null,
    brokenAt: first?.entry.createdAt ?? null,
    brokenWhat: first?.what ?? null,
    broken: found.flaws.length,
  };
  await db.auditCheck.upsert({ where: { only: true }, create: data, update: data });
  if (whole && first === undefined)
    await dropOldEntries(db, { ...heads, wholeBefore: memory?.wholeAt ?? null, now, mayGoOn });
}

/** Signs the newest entry, unless it is signed already, and remembers the newest head. */
async function signHead(
  { db, heads: { signer, memory }, log, now }: Omit<AuditCheckDeps, "mayGoOn">,
  { last, newestHead, wholeAt }: Pick<Inspection, "last" | "newestHead"> & { wholeAt: Date },
): Promise<void> {
  let newest = newestHead;
  if (last !== null && (newest === null || last.id > newest.entryId)) {
    const head: AuditHead = signer.sign({
      number: (newest?.number ?? 0) + 1,
      entryId: last.id,
      entryHash: last.hash,
      entryAt: last.createdAt,
      signedAt: now,
      previousSignature: newest?.signature ?? "",
    });
    const { number, entryId, entryHash, signature } = head;
    await db.auditHead.createMany({ data: head, skipDuplicates: true });
    // A worker that takes over while this one is still at it may have been first: its head is the one that stands, and what it signed is looked at next time.
    const stands = await db.auditHead.findUnique({ where: { number } });
    if (stands === null || !signer.isGenuine(stands)) {
      log({ event: "audit-log-not-signed", level: "error", number, entry: String(entryId) });
      return;
    }
    if (stands.signature !== signature) return;
    newest = head;
    // Where logs are collected elsewhere it can be compared with, whatever becomes of this machine.
    log({ event: "audit-log-signed", number, entry: String(entryId), hash: entryHash, signature });
  }
  if (newest !== null) await remember({ head: newest, wholeAt }, memory, log);
}

/** A file that somebody damaged keeps no look from being made; it is written anew after one that finds nothing. */
function recall(memory: HeadMemory, log: AuditCheckDeps["log"]): AuditMemory | null {
  try {
    return memory.read();
  } catch (error) {
    log({ event: "audit-head-not-remembered", level: "error", error: String(error) });
    return null;
  }
}

/** A disk that is full keeps no look from being stored; a worker that slept takes nothing back. */
async function remember(now: AuditMemory, memory: HeadMemory, log: AuditCheckDeps["log"]): Promise<void> {
  try {
    const before = recall(memory, log);
    if (before === null || before.head.number <= now.head.number) await memory.write(now);
  } catch (error) {
    log({ event: "audit-head-not-remembered", level: "error", error: String(error) });
  }
}
