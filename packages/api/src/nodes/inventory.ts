// What a node offers to the wizard, as its last probe saw it.
import { NodeInventory } from "@homeport/domain/node-report";
import type { MemberContext } from "../context";
import { ownNode } from "./own";

export async function getInventory({ db, userId }: MemberContext, id: string): Promise<NodeInventory | null> {
  const { inventory } = await ownNode(db, { id, userId }, { inventory: true });
  return NodeInventory.safeParse(inventory).data ?? null;
}
