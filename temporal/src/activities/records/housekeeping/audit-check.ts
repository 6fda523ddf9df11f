// Whether somebody changed the audit log behind Homeport's back: new entries every hour, all of them every day. What is whole is signed.
import type { ChainEntry } from "@homeport/db/audit-chain";
import type { AuditHead, HeadMemory, HeadSigner, RememberedHead } from "@homeport/db/audit-heads";
import { inspectAuditLog, type Inspection } from "@homeport/db/audit-inspection";
import type { Db } from "@homeport/db/client";

/** With what the newest entry is signed, and where it is remembered outside of the database. */
export interface AuditHeads {
  signer: HeadSigner;
  memory: HeadMemory;
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
  const kept = await db.auditCheck.findUnique({ where: { only: true } });
  const seen: ChainEntry | null = kept?.headAt
    ? { id: kept.headId, hash: kept.headHash, createdAt: kept.headAt }
    : null;
  const remembered = recall(heads.memory, log);
  const looked = async (whole: boolean): Promise<Inspection> =>
    inspectAuditLog(db, {
      after: whole ? null : seen,
      seen,
      remembered,
      signer: heads.signer,
      ...(mayGoOn && { mayGoOn }),
    });
  let whole = kept === null || kept.brokenId !== null || now.getTime() - kept.wholeAt.getTime() >= DAY_MS;
  let found = await looked(whole);
  // Which entry is the first that does not fit is known from the whole log.
  if (!whole && found.flaws.length > 0) [whole, found] = [true, await looked(true)];

  const [first] = found.flaws;
  if (first === undefined) await signHead({ db, heads, log, now }, found);
  else
    log({
      event: "audit-log-broken",
      level: "error",
      what: first.what,
      entry: String(first.entry.id),
      at: first.entry.createdAt.toISOString(),
      broken: found.flaws.length,
    });

  const newest = first === undefined ? found.last : seen;
  const data = {
    ...(newest === null ? {} : { headId: newest.id, headHash: newest.hash, headAt: newest.createdAt }),
    ...(whole ? { wholeAt: now } : {}),
    checkedAt: now,
    verifiedAt: found.sound?.createdAt ?? null,
    brokenId: first?.entry.id ?? null,
    brokenAt: first?.entry.createdAt ?? null,
    brokenWhat: first?.what ?? null,
    broken: found.flaws.length,
  };
  await db.auditCheck.upsert({ where: { only: true }, create: { wholeAt: now, ...data }, update: data });
}

/** Signs the newest entry, unless it is signed already, and remembers the newest head. */
async function signHead(
  { db, heads: { signer, memory }, log, now }: Omit<AuditCheckDeps, "mayGoOn">,
  { last, newestHead }: Inspection,
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
    // A worker that takes over while this one is still at it may be first: its head is the one that stands.
    const { count } = await db.auditHead.createMany({ data: head, skipDuplicates: true });
    if (count === 0) return;
    newest = head;
    // Where logs are collected elsewhere it can be compared with, whatever becomes of this machine.
    const { number, entryId, entryHash, signature } = head;
    log({ event: "audit-log-signed", number, entry: String(entryId), hash: entryHash, signature });
  }
  if (newest !== null) await remember(newest, memory, log);
}

/** A file that somebody damaged keeps no look from being made; it is written anew after one that finds nothing. */
function recall(memory: HeadMemory, log: AuditCheckDeps["log"]): RememberedHead | null {
  try {
    return memory.read();
  } catch (error) {
    log({ event: "audit-head-not-remembered", level: "error", error: String(error) });
    return null;
  }
}

/** A disk that is full keeps no look from being stored. */
async function remember(head: RememberedHead, memory: HeadMemory, log: AuditCheckDeps["log"]): Promise<void> {
  try {
    await memory.write(head);
  } catch (error) {
    log({ event: "audit-head-not-remembered", level: "error", error: String(error) });
  }
}
