// What the worker's last look at the audit log's chain found, as far as it concerns the person who asks.
import type { MemberContext } from "../context";
import { visibleActivity } from "./visible";

export interface IntegrityView {
  checkedAt: Date;
  /** Nothing is wrong up to the entry of this time, itself included; null: there is none. */
  verifiedAt: Date | null;
  /**
   * "entry": theirs, and named. "elsewhere": one that they cannot see; it is told to everybody, as an entry may have been made another's.
   * "removed": the log's newest entries were there up to this one, and are gone.
   */
  broken: { kind: "entry" | "removed"; id: string; createdAt: Date } | { kind: "elsewhere" } | null;
}

/** Null: the worker has not looked yet. */
export async function readIntegrity(ctx: MemberContext): Promise<IntegrityView | null> {
  const check = await ctx.db.auditCheck.findUnique({ where: { only: true } });
  if (check === null) return null;
  const { checkedAt, verifiedAt, brokenId, brokenAt } = check;
  if (brokenId === null || brokenAt === null) return { checkedAt, verifiedAt, broken: null };
  const entry = { id: String(brokenId), createdAt: brokenAt };
  if ((await ctx.db.auditLog.count({ where: { id: brokenId } })) === 0)
    return { checkedAt, verifiedAt, broken: { kind: "removed", ...entry } };
  const theirs = (await ctx.db.auditLog.count({ where: { AND: [{ id: brokenId }, await visibleActivity(ctx)] } })) > 0;
  return { checkedAt, verifiedAt, broken: theirs ? { kind: "entry", ...entry } : { kind: "elsewhere" } };
}
