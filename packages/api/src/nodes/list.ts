// The caller's nodes, the default first.
import { visible } from "../access/owned";
import type { MemberContext } from "../context";
import { nodeView, toNodeView, type NodeView } from "./view";

export async function listNodes(ctx: MemberContext): Promise<NodeView[]> {
  const rows = await ctx.db.proxmoxNode.findMany({
    where: await visible(ctx, "node", "node:read"),
    select: nodeView,
    orderBy: [{ isDefault: "desc" }, { name: "asc" }],
  });
  return rows.map(toNodeView);
}
