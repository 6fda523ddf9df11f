// Whether somebody changed the audit log behind Homeport's back: new entries every hour, all of them every day.
import { CHAIN_START, isStillThere, readAuditChain, type ChainEntry } from "@homeport/db/audit-chain";
import type { Db } from "@homeport/db/client";

export interface AuditCheckDeps {
  db: Db;
  log: (entry: { event: string; [key: string]: unknown }) => void;
  now: Date;
  /** Called after every page; throws to end it there, and nothing is stored then. */
  mayGoOn?: () => void;
}

const DAY_MS = 86_400_000;

/**
 * Looks, and stores what it found for the Activity page. A break is looked at anew, from the beginning, at every call: what was put
 * back as it was is whole again. The head is remembered for good, as entries cut off at the end leave no trace in the chain itself.
 */
export async function checkAuditLog({ db, log, now, mayGoOn }: AuditCheckDeps): Promise<void> {
  const kept = await db.auditCheck.findUnique({ where: { only: true } });
  const head: ChainEntry | null = kept?.headAt
    ? { id: kept.headId, hash: kept.headHash, createdAt: kept.headAt }
    : null;
  const lost = head !== null && !(await isStillThere(db, head));
  const whole = kept === null || lost || kept.brokenId !== null || now.getTime() - kept.wholeAt.getTime() >= DAY_MS;

  let [last, sound] = whole ? [head, null] : [head, head];
  let first: ChainEntry | undefined;
  let broken = 0;
  for await (const page of readAuditChain(db, whole ? CHAIN_START : (head ?? CHAIN_START))) {
    if (first === undefined) sound = page.sound ?? sound;
    first ??= page.broken[0];
    broken += page.broken.length;
    last = page.last;
    mayGoOn?.();
  }
  if (lost && (first === undefined || first.id > head.id)) {
    first = head;
    broken += 1;
  }
  if (first !== undefined)
    log({
      event: "audit-log-broken",
      level: "error",
      entry: String(first.id),
      at: first.createdAt.toISOString(),
      broken,
    });

  const newest = first === undefined ? last : head;
  const data = {
    ...(newest === null ? {} : { headId: newest.id, headHash: newest.hash, headAt: newest.createdAt }),
    ...(whole ? { wholeAt: now } : {}),
    checkedAt: now,
    verifiedAt: sound?.createdAt ?? null,
    brokenId: first?.id ?? null,
    brokenAt: first?.createdAt ?? null,
    broken,
  };
  await db.auditCheck.upsert({ where: { only: true }, create: { wholeAt: now, ...data }, update: data });
}
