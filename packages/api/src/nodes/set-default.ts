// Makes a node the one that the wizard chooses.
import type { MemberContext } from "../context";
import { lockNodesOf, ownNode } from "./own";

export async function setDefaultNode({ db, userId, audit }: MemberContext, id: string): Promise<{ id: string }> {
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    const { name } = await ownNode(transaction, { id, userId }, { name: true });
    await transaction.proxmoxNode.updateMany({
      where: { userId, isDefault: true, id: { not: id } },
      data: { isDefault: false },
    });
    await transaction.proxmoxNode.update({ where: { id }, data: { isDefault: true } });
    await audit(transaction, { action: "node.set_default", target: { type: "node", id, name } });
  });
  return { id };
}
