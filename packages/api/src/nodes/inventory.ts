// What a node offers to the wizard, as its last probe saw it.
import { NodeInventory } from "@homeport/domain/node/node-report";
import type { MemberContext } from "../context";
import { owned } from "../access/owned";

export async function getInventory(ctx: MemberContext, id: string): Promise<NodeInventory | null> {
  const { row } = await owned(ctx, { noun: "usableNode", id, permission: "container:write" }, { inventory: true });
  return NodeInventory.safeParse(row.inventory).data ?? null;
}
