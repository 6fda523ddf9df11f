// One node of the caller's.
import type { MemberContext } from "../context";
import { ownNodeOrDraft } from "./own";
import { nodeView, toNodeView, type NodeView } from "./view";

export async function getNode({ db, userId }: MemberContext, id: string): Promise<NodeView> {
  return toNodeView(await ownNodeOrDraft(db, { id, userId }, nodeView));
}
