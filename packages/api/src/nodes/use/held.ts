// What the containers of a node hold, in whichever project they are: a name and an address are there once on a node.
import { owned } from "../../access/owned";
import { readLans, type HeldLan } from "../../containers/lans";
import type { MemberContext } from "../../context";

/** For whoever may make containers on it in that project. */
export async function listHeld(
  ctx: MemberContext,
  { nodeId, projectId }: { nodeId: string; projectId: string },
): Promise<HeldLan[]> {
  await owned(ctx, { noun: "usableNode", id: nodeId, permission: "container:write", projectId }, { id: true });
  return readLans(ctx.db, { nodeId });
}
