// The caller's nodes, the default first.
import { savedNode } from "@homeport/db/saved-node";
import type { MemberContext } from "../context";
import { nodeView, toNodeView, type NodeView } from "./view";

export async function listNodes({ db, userId }: MemberContext): Promise<NodeView[]> {
  const rows = await db.proxmoxNode.findMany({
    where: { userId, ...savedNode },
    select: nodeView,
    orderBy: [{ isDefault: "desc" }, { name: "asc" }],
  });
  return rows.map(toNodeView);
}
