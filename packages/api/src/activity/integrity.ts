// What the worker's last look at the audit log's chain found, as far as it concerns the person who asks.
import type { MemberContext } from "../context";
import { visibleActivity } from "./visible";

export interface IntegrityView {
  checkedAt: Date;
  /** Nothing is wrong up to the entry of this time, itself included; null: there is none. */
  verifiedAt: Date | null;
  /**
   * "entry": theirs, and named. "elsewhere": one that they cannot see; it is told to everybody, as an entry may have been made another's.
   * "removed": it was there, and is gone. "signature": what was signed up to this one is missing, or was signed by somebody else.
   * "memory": it was the newest that was signed, as is remembered outside of the database, and is not in it as it was.
   * "table": the tables are not as they were made, so that nothing that they show is sure.
   */
  broken:
    | { kind: "entry" | "removed" | "signature" | "memory" | "table"; id: string; createdAt: Date }
    | { kind: "elsewhere" }
    | null;
  /** The time of the newest entry that is signed: with all before it, it cannot be changed without being found. Null: none is. */
  signedAt: Date | null;
  /** The time of the newest entry that was dropped, as old ones are where this Homeport is set so; null: none was. */
  droppedUpTo: Date | null;
}

/** Null: the worker has not looked yet. */
export async function readIntegrity(ctx: MemberContext): Promise<IntegrityView | null> {
  // Not findUnique: of two at the same moment Prisma makes one query with `in`, which it refuses for a Boolean.
  const check = await ctx.db.auditCheck.findFirst({ where: { only: true } });
  if (check === null) return null;
  const { checkedAt, verifiedAt, brokenId, brokenAt } = check;
  const head = await ctx.db.auditHead.findFirst({ orderBy: { number: "desc" }, select: { entryAt: true } });
  const beginning = await ctx.db.auditBeginning.findFirst({ select: { head: { select: { entryAt: true } } } });
  const looked = {
    checkedAt,
    verifiedAt,
    signedAt: head?.entryAt ?? null,
    droppedUpTo: (beginning?.head as { entryAt: Date } | null | undefined)?.entryAt ?? null,
  };
  if (brokenId === null || brokenAt === null) return { ...looked, broken: null };
  const entry = { id: String(brokenId), createdAt: brokenAt };
  const what = check.brokenWhat;
  if (what === "signature" || what === "memory" || what === "table")
    return { ...looked, broken: { kind: what, ...entry } };
  if ((await ctx.db.auditLog.count({ where: { id: brokenId } })) === 0)
    return { ...looked, broken: { kind: "removed", ...entry } };
  const theirs = (await ctx.db.auditLog.count({ where: { AND: [{ id: brokenId }, await visibleActivity(ctx)] } })) > 0;
  return { ...looked, broken: theirs ? { kind: "entry", ...entry } : { kind: "elsewhere" } };
}
