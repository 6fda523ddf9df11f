// Requests for containers beyond a quota: one's own, and those about which one can decide.
import { awaitedApprovals, readRaiser, visibleApprovals } from "../access/approvals";
import type { MemberContext } from "../context";
import { type ApprovalView, approvalView, readTitles, toApprovalView } from "./view";

/** Newest first. */
export async function listApprovals(
  ctx: MemberContext,
  { ended, limit, cursor }: { ended: boolean; limit: number; cursor?: string | null | undefined },
): Promise<{ items: ApprovalView[]; nextCursor: string | null }> {
  const raiser = await readRaiser(ctx);
  const before = cursor === null || cursor === undefined ? {} : { id: { lt: cursor } };
  const now = ctx.clock();
  const state = ended
    ? { OR: [{ decision: { not: null } }, { expiresAt: { lte: now } }] }
    : { decision: null, expiresAt: { gt: now } };
  const rows = await ctx.db.approval.findMany({
    where: { AND: [visibleApprovals(raiser), before, state] },
    select: approvalView,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const about = { raiser, templates: await readTitles(ctx, page) };
  const items: ApprovalView[] = [];
  for (const row of page) items.push(await toApprovalView(ctx, row, about));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** `toDecide`: open ones that wait for the caller. `own`: all that they asked for. */
export async function countApprovals(ctx: MemberContext): Promise<{ toDecide: number; own: number }> {
  const { db, userId, clock } = ctx;
  const open = { decision: null, expiresAt: { gt: clock() } };
  const [toDecide, own] = await Promise.all([
    db.approval.count({ where: { AND: [awaitedApprovals(await readRaiser(ctx)), open] } }),
    db.approval.count({ where: { user: { id: userId } } }),
  ]);
  return { toDecide, own };
}
