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
   */
  broken: { kind: "entry" | "removed" | "signature"; id: string; createdAt: Date } | { kind: "elsewhere" } | null;
  /** The time of the newest entry that is signed: with all before it, it cannot be changed without being found. Null: none is. */
  signedAt: Date | null;
}

/** Null: the worker has not looked yet. */
export async function readIntegrity(ctx: MemberContext): Promise<IntegrityView | null> {
  const check = await ctx.db.auditCheck.findUnique({ where: { only: true } });
  if (check === null) return null;
  const { checkedAt, verifiedAt, brokenId, brokenAt } = check;
  const head = await ctx.db.auditHead.findFirst({ orderBy: { number: "desc" }, select: { entryAt: true } });
  const looked = { checkedAt, verifiedAt, signedAt: head?.entryAt ?? null };
  if (brokenId === null || brokenAt === null) return { ...looked, broken: null };
  const entry = { id: String(brokenId), createdAt: brokenAt };
  if ((await ctx.db.auditLog.count({ where: { id: brokenId } })) === 0)
    return { ...looked, broken: { kind: "removed", ...entry } };
  if (check.brokenWhat === "signature") return { ...looked, broken: { kind: "signature", ...entry } };
  const theirs = (await ctx.db.auditLog.count({ where: { AND: [{ id: brokenId }, await visibleActivity(ctx)] } })) > 0;
  return { ...looked, broken: theirs ? { kind: "entry", ...entry } : { kind: "elsewhere" } };
}
