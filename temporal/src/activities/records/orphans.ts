// The rows of what does not agree: reported after it was seen twice, taken back by itself when it is seen no more.
import type { Db, DbOrTransaction, Prisma } from "@homeport/db/client";
import type { OrphanKind } from "@homeport/db/types";
import { OrphanFacts, type OrphanResolution } from "@homeport/domain/orphan/orphan";
import type { Found, Suspect } from "../reconcile-ports";

/** Two looks that follow each other at once see the same moment. */
const APART_MS = 5_000;
/** A task may take a while from the lock it sets to the list it appears in, and back. */
const STALE_LOCK_MS = 5 * 60_000;

/** How long it must have been so before it is reported. */
const patience: Record<OrphanKind, number> = {
  guest_without_row: APART_MS,
  container_gone: APART_MS,
  run_without_workflow: 0,
  workflow_without_row: APART_MS,
  stale_lock: STALE_LOCK_MS,
};

export type FoundOf = Found & { userId: string; nodeId?: string | null };

export interface Look {
  /** Which rows this look would have found again. */
  scope: Prisma.OrphanWhereInput;
  found: readonly FoundOf[];
  suspects: readonly Suspect[];
  now: Date;
}

export const settled = (resolution: OrphanResolution, now: Date) =>
  ({ state: "resolved", resolution, resolvedAt: now }) as const;

/** Answers what must be seen once more. */
export async function keepFound(db: Db, { scope, found, suspects, now }: Look): Promise<Suspect[]> {
  return db.$transaction(async (transaction) => {
    const reported = await transaction.orphan.findMany({
      where: { ...scope, state: { in: ["open", "ignored"] } },
      select: { id: true, subject: true, kind: true },
    });
    const left: Suspect[] = [];
    for (const one of found) {
      const known = reported.some(({ subject, kind }) => subject === one.subject && kind === one.kind);
      // Nothing new was learned of it: what was told stands as it was.
      if (known && one.facts.unread) continue;
      const suspect = suspects.find(({ subject, kind }) => subject === one.subject && kind === one.kind);
      const sinceMs = suspect?.sinceMs ?? now.getTime();
      if (known || (suspect !== undefined && now.getTime() - sinceMs >= patience[one.kind]))
        await recordOrphan(transaction, one, now);
      else left.push({ subject: one.subject, kind: one.kind, sinceMs });
    }
    const gone = reported
      .filter(({ subject, kind }) => !found.some((one) => one.subject === subject && one.kind === kind))
      .map(({ id }) => id);
    if (gone.length > 0)
      await transaction.orphan.updateMany({
        where: { id: { in: gone } },
        data: settled("went_away", now),
      });
    return left;
  });
}

/** What is ignored stays so for as long as it is there; what was settled and is back is open anew. */
export async function recordOrphan(
  within: DbOrTransaction,
  { userId, nodeId = null, ...found }: FoundOf,
  now: Date,
): Promise<void> {
  const { kind, subject, vmid = null, containerId = null, runId = null } = found;
  const about = {
    kind,
    userId,
    nodeId,
    vmid,
    containerId,
    runId,
    facts: OrphanFacts.parse(found.facts),
    lastSeenAt: now,
  };
  const before = await within.orphan.findUnique({ where: { subject }, select: { id: true, kind: true, state: true } });
  if (before === null)
    return void (await within.orphan.create({ data: { ...about, subject, firstSeenAt: now }, select: { id: true } }));
  const same = before.state !== "resolved" && before.kind === kind;
  await within.orphan.update({
    where: { id: before.id },
    data: same ? about : { ...about, state: "open", resolution: null, resolvedAt: null, firstSeenAt: now },
    select: { id: true },
  });
}

/** For what was mended without asking anybody: a line for the record. */
export async function recordMended(
  within: DbOrTransaction,
  found: FoundOf,
  { resolution, now }: { resolution: OrphanResolution; now: Date },
): Promise<void> {
  await recordOrphan(within, found, now);
  await within.orphan.updateMany({
    where: { subject: found.subject },
    data: settled(resolution, now),
  });
}
