// The caller's nodes and changes that are not saved yet: how somebody who closed the page finds them again.
import { visible } from "../../access/owned";
import type { MemberContext } from "../../context";

const fields = { id: true, name: true, host: true, port: true, draftUntil: true, replacesId: true } as const;

export interface NodeDraft {
  id: string;
  name: string;
  host: string;
  port: number;
  /** Gone with its secrets then. */
  draftUntil: Date;
  /** The node that it changes when it is saved; null: it is a new node. */
  replacesId: string | null;
}

export async function listDrafts(ctx: MemberContext): Promise<NodeDraft[]> {
  const rows = await ctx.db.proxmoxNode.findMany({
    where: { AND: [await visible(ctx, "nodeOrDraft", "node:read")], draftUntil: { not: null } },
    select: fields,
    orderBy: { createdAt: "asc" },
  });
  return rows.flatMap(({ draftUntil, ...row }) => (draftUntil === null ? [] : { ...row, draftUntil }));
}
