// Drops the oldest entries of the audit log, where somebody wants that: up to the entry of a signed head, which is where the log begins from then on.
import type { HeadSigner } from "@homeport/db/audit-heads";
import type { Db } from "@homeport/db/client";

export interface DropEntriesOptions {
  signer: HeadSigner;
  now: Date;
  /** How long entries are kept; 0: for ever. */
  days: number;
  /** When the whole log was read the time before; null: not known. A clock that has jumped since drops nothing. */
  wholeBefore: Date | null;
  /** Entries removed in one statement. */
  batch?: number;
  /** Called before every statement; throws to end it there. */
  mayGoOn?: (() => void) | undefined;
}

const DAY_MS = 86_400_000;
/** Each time leaves an entry: once a week is enough. */
const WEEK_MS = 7 * DAY_MS;
/** Between two looks at the whole log, which come once a day. */
const STEADY_MS = 2 * DAY_MS;
const BATCH = 5_000;

/**
 * After a look at the whole log that found nothing: what is dropped was whole. The new beginning is stored first, with an entry that says so, and
 * the entries are deleted then; ended in between, the next call deletes the rest. Entries are kept up to a week longer than `days`.
 */
export async function dropOldEntries(
  db: Db,
  { signer, now, days, wholeBefore, batch = BATCH, mayGoOn }: DropEntriesOptions,
): Promise<void> {
  const sinceMs = wholeBefore === null ? Infinity : now.getTime() - wholeBefore.getTime();
  if (days > 0 && sinceMs >= 0 && sinceMs <= STEADY_MS) await moveBeginning(db, { signer, now, days });
  const beginning = await db.auditBeginning.findFirst({ include: { head: true } });
  if (beginning === null || !signer.isGenuineBeginning(beginning, beginning.head)) return;
  const { entryId } = beginning.head;
  for (let deleted = batch; deleted === batch;) {
    mayGoOn?.();
    deleted =
      await db.$executeRaw`DELETE FROM "AuditLog" WHERE "id" IN (SELECT "id" FROM "AuditLog" WHERE "id" <= ${entryId} ORDER BY "id" LIMIT ${batch})`;
  }
}

async function moveBeginning(
  db: Db,
  { signer, now, days }: Pick<DropEntriesOptions, "signer" | "now" | "days">,
): Promise<void> {
  const current = await db.auditBeginning.findFirst({ include: { head: true } });
  if (current !== null && !signer.isGenuineBeginning(current, current.head)) return; // the next look says so
  if (current !== null && now.getTime() - current.droppedAt.getTime() < WEEK_MS) return;
  const before = new Date(now.getTime() - days * DAY_MS);
  // One that a clock behind the others signed is younger than it says: what is before the first young one is old.
  const young = await db.auditHead.findFirst({
    where: { OR: [{ signedAt: { gte: before } }, { entryAt: { gte: before } }] },
    orderBy: { number: "asc" },
  });
  const head = await db.auditHead.findFirst({
    where: young === null ? {} : { number: { lt: young.number } },
    orderBy: { number: "desc" },
  });
  // What the database chose is believed for what was signed alone.
  if (head === null || !signer.isGenuine(head) || head.signedAt >= before || head.entryAt >= before) return;
  if (current !== null && head.number <= current.number) return;
  const { number, droppedAt, key, signature } = signer.signBeginning(head, now);
  await db.$transaction(async (transaction) => {
    // A worker that slept meanwhile takes nothing back.
    const moved = await transaction.$executeRaw`
      INSERT INTO "AuditBeginning" ("number", "droppedAt", "key", "signature") VALUES (${number}, ${droppedAt}, ${key}, ${signature})
      ON CONFLICT ("only") DO UPDATE SET "number" = EXCLUDED."number", "droppedAt" = EXCLUDED."droppedAt", "key" = EXCLUDED."key", "signature" = EXCLUDED."signature"
      WHERE "AuditBeginning"."number" < EXCLUDED."number"`;
    if (moved === 0) return;
    await transaction.auditLog.create({
      data: { action: "audit.drop", details: { upTo: head.entryAt.toISOString(), keptDays: days } },
    });
  });
}
