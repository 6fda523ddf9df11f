// The caller's nodes and changes that are not saved yet: how somebody who closed the page finds them again.
import type { Prisma } from "@homeport/db/client";
import { visible } from "../../access/owned";
import type { MemberContext } from "../../context";

const draftView = {
  id: true,
  name: true,
  host: true,
  port: true,
  /** Gone with its secrets then. */
  draftUntil: true,
  /** The node that it changes when it is saved; null: it is a new node. */
  replacesId: true,
} as const satisfies Prisma.ProxmoxNodeSelect;
type Row = Prisma.ProxmoxNodeGetPayload<{ select: typeof draftView }>;
export type NodeDraft = Omit<Row, "draftUntil"> & { draftUntil: Date };

export async function listDrafts(ctx: MemberContext): Promise<NodeDraft[]> {
  const rows = await ctx.db.proxmoxNode.findMany({
    where: { AND: [await visible(ctx, "nodeOrDraft", "node:read")], draftUntil: { not: null } },
    select: draftView,
    orderBy: { createdAt: "asc" },
  });
  return rows.flatMap(({ draftUntil, ...row }) => (draftUntil === null ? [] : { ...row, draftUntil }));
}
