// Removes a node that has no containers: it is retired, so that the record of what was done there stays. Nothing on the node is touched. A draft goes altogether.
import { Prisma } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { AppError } from "@homeport/domain/error";
import type { OrphanResolution } from "@homeport/domain/orphan/orphan";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import type { MemberContext } from "../context";
import { lockNodesOf, lockOwnNode } from "../access/node-locks";
import { owned } from "../access/owned";

/** Its secrets are gone for good, its name is free; runs, logs, events and its pins stay. */
const retired = {
  isDefault: false,
  probing: false,
  state: "unverified",
  stateReason: Prisma.DbNull,
  tokenSecret: "",
  sshPassword: null,
  sshPrivateKey: null,
} as const;

export async function destroyNode(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const { db, userId, audit, clock } = ctx;
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    // A container that is being created holds a share of this lock until it is seen below.
    await lockOwnNode(transaction, { id, userId });
    const { row: node } = await owned(
      ctx,
      { noun: "nodeOrDraft", id, permission: "node:write", within: transaction },
      { name: true, host: true, isDefault: true, draftUntil: true },
    );
    if (node.draftUntil !== null) {
      await transaction.proxmoxNode.delete({ where: { id } });
      return audit(transaction, {
        action: "node.discard",
        target: { type: "node", id, name: node.name },
        details: { host: node.host },
      });
    }
    const containers = await transaction.container.count({ where: { nodeId: id, lifecycle: { not: "deleted" } } });
    if (containers > 0)
      throw new AppError(
        "node.has_containers",
        `It has ${containers} container${containers === 1 ? "" : "s"}. Delete ${containers === 1 ? "it" : "them"} first.`,
      );
    // The last steps of a destroy come after its container's row is deleted, and still speak to the node.
    const runs = await transaction.run.count({ where: { nodeId: id, state: { in: [...ActiveRunStates] } } });
    if (runs > 0)
      throw new AppError("node.has_runs", "A run on it is not finished. Wait until it has ended, or cancel it.");
    const now = clock();
    await transaction.proxmoxNode.update({ where: { id }, data: { ...retired, retiredAt: now } });
    await transaction.proxmoxNode.deleteMany({ where: { replacesId: id } });
    await transaction.guestObservation.deleteMany({ where: { nodeId: id } });
    await transaction.nodeObservation.deleteMany({ where: { nodeId: id } });
    await transaction.orphan.updateMany({
      where: { nodeId: id, state: { not: "resolved" } },
      data: { state: "resolved", resolution: "node_removed" satisfies OrphanResolution, resolvedAt: now },
    });
    if (node.isDefault) {
      const oldest = await transaction.proxmoxNode.findFirst({
        where: { userId, ...savedNode },
        orderBy: { createdAt: "asc" },
        select: { id: true },
      });
      if (oldest) await transaction.proxmoxNode.update({ where: { id: oldest.id }, data: { isDefault: true } });
    }
    await audit(transaction, {
      action: "node.destroy",
      target: { type: "node", id, name: node.name },
      details: { host: node.host },
    });
  });
  return { id };
}
