// The nodes on which the caller may make containers of a project: their own, and those shared into it.
import { inProject } from "../../access/owned";
import type { MemberContext } from "../../context";
import { toUsableNodeView, usableNodeView, type UsableNodeView } from "./usable-view";

/** The default first. */
export async function listUsableNodes(ctx: MemberContext, projectId: string): Promise<UsableNodeView[]> {
  const rows = await ctx.db.proxmoxNode.findMany({
    where: await inProject(ctx, "usableNode", { projectId, permission: "container:write" }),
    select: usableNodeView,
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const views = rows.map((row) => toUsableNodeView(row, ctx.userId));
  return views.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}
