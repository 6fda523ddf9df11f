// Forgets a node that has no containers; nothing on the node itself is touched.
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";
import { lockNodesOf, ownNode } from "./own";

export async function destroyNode({ db, userId, audit }: MemberContext, id: string): Promise<{ id: string }> {
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    // A container that is being created holds a share of this lock until it is seen below.
    await transaction.$queryRaw`SELECT 1 FROM "ProxmoxNode" WHERE "id" = ${id}::uuid AND "userId" = ${userId}::uuid FOR UPDATE`;
    const node = await ownNode(transaction, { id, userId }, { name: true, host: true, isDefault: true });
    const containers = await transaction.container.count({ where: { nodeId: id, lifecycle: { not: "deleted" } } });
    if (containers > 0) throw new AppError("node.has_containers", `It has ${containers} container${containers === 1 ? "" : "s"}. Delete ${containers === 1 ? "it" : "them"} first.`);
    await transaction.proxmoxNode.delete({ where: { id } });
    if (node.isDefault) {
      const oldest = await transaction.proxmoxNode.findFirst({ where: { userId }, orderBy: { createdAt: "asc" }, select: { id: true } });
      if (oldest) await transaction.proxmoxNode.update({ where: { id: oldest.id }, data: { isDefault: true } });
    }
    await audit(transaction, { action: "node.destroy", target: { type: "node", id, name: node.name }, details: { host: node.host } });
  });
  return { id };
}
