// The caller's nodes, the default first.
import type { MemberContext } from "../context";
import { nodeView, toNodeView, type NodeView } from "./view";

export async function listNodes({ db, userId }: MemberContext): Promise<NodeView[]> {
  const rows = await db.proxmoxNode.findMany({ where: { userId, retiredAt: null, draftUntil: null }, select: nodeView, orderBy: [{ isDefault: "desc" }, { name: "asc" }] });
  return rows.map(toNodeView);
}
