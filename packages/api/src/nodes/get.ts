// One node of the caller's.
import type { MemberContext } from "../context";
import { owned } from "../access/owned";
import { nodeView, toNodeView, type NodeView } from "./view";

export async function getNode(ctx: MemberContext, id: string): Promise<NodeView> {
  const { row } = await owned(ctx, { noun: "nodeOrDraft", id, permission: "node:read" }, nodeView);
  return toNodeView(row);
}
