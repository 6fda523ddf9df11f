// Makes a node the one that the wizard chooses.
import type { MemberContext } from "../context";
import { lockNodesOf } from "../access/node-locks";
import { owned } from "../access/owned";

export async function setDefaultNode(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const { db, userId, audit } = ctx;
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    const { row } = await owned(
      ctx,
      { noun: "node", id, permission: "node:write", within: transaction },
      { name: true },
    );
    await transaction.proxmoxNode.updateMany({
      where: { userId, isDefault: true, id: { not: id } },
      data: { isDefault: false },
    });
    await transaction.proxmoxNode.update({ where: { id }, data: { isDefault: true } });
    await audit(transaction, { action: "node.set_default", target: { type: "node", id, name: row.name } });
  });
  return { id };
}
