// Shares a node into a project, and takes it back: its owner alone decides. Containers that are on it stay, with their records.
import type { Prisma } from "@homeport/db/client";
import type { ShareLimits } from "@homeport/domain/node/share-limits";
import type { Amounts } from "@homeport/domain/quota/quota";
import { notFound } from "../../access/not-found";
import { lockNodesOf, lockOwnNode } from "../../access/node-locks";
import { owned } from "../../access/owned";
import { inLockedProject } from "../../access/projects";
import type { MemberContext } from "../../context";
import { onNode, readTaken } from "../../quotas/bounds";
import { limitColumns, limitsChange, toLimits } from "./share-limits";

interface Asked {
  id: string;
  projectId: string;
}

const shareView = {
  sharedAt: true,
  project: { select: { id: true, slug: true, name: true } },
  ...limitColumns,
} as const satisfies Prisma.ProjectNodeSelect;
type ShareRow = Prisma.ProjectNodeGetPayload<{ select: typeof shareView }>;

export interface NodeShare extends Pick<ShareRow, "sharedAt" | "project"> {
  limits: ShareLimits;
  /** By the project's containers on this node, whoever made them. */
  used: Amounts;
}

/** Into a project in which the owner may create containers themselves. Shared already is shared. */
export async function shareNode(ctx: MemberContext, { id, projectId }: Asked): Promise<{ id: string }> {
  const { userId, audit, clock } = ctx;
  const asked = { projectId, permission: "container:write" } as const;
  await inLockedProject(ctx, asked, async (transaction, { organizationId }) => {
    await lockNodesOf(transaction, userId);
    await lockOwnNode(transaction, { id, userId });
    const { row } = await owned(
      ctx,
      { noun: "node", id, permission: "node:write", within: transaction },
      { name: true },
    );
    const { count } = await transaction.projectNode.createMany({
      data: [{ projectId, nodeId: id, sharedById: userId, sharedAt: clock() }],
      skipDuplicates: true,
    });
    if (count === 0) return audit.nothing("it is shared there already");
    await audit(transaction, {
      action: "node.share",
      target: { type: "node", id, name: row.name },
      organizationId,
      projectId,
    });
  });
  return { id };
}

/** Also from a project that its owner has left. No container can be made on it there from now on. */
export async function unshareNode(ctx: MemberContext, { id, projectId }: Asked): Promise<{ id: string }> {
  const { db, userId, audit } = ctx;
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    // A container that is being created on it is there before it is unshared, or refused after.
    await lockOwnNode(transaction, { id, userId });
    const { row } = await owned(
      ctx,
      { noun: "node", id, permission: "node:write", within: transaction },
      { name: true, shares: { select: { projectId: true, project: { select: { organizationId: true } } } } },
    );
    const share = row.shares.find((one) => one.projectId === projectId);
    if (share === undefined) return audit.nothing("it is not shared there");
    await transaction.projectNode.delete({ where: { projectId_nodeId: { projectId, nodeId: id } } });
    await audit(transaction, {
      action: "node.unshare",
      target: { type: "node", id, name: row.name },
      organizationId: share.project.organizationId,
      projectId,
    });
  });
  return { id };
}

/** What the project may use from now on; what it has on the node stays. */
export async function limitShare(
  ctx: MemberContext,
  { id, projectId, limits }: Asked & { limits: ShareLimits },
): Promise<{ id: string }> {
  const { db, userId, audit } = ctx;
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    await lockOwnNode(transaction, { id, userId });
    const { row } = await owned(
      ctx,
      { noun: "node", id, permission: "node:write", within: transaction },
      {
        name: true,
        shares: { select: { projectId: true, project: { select: { organizationId: true } }, ...limitColumns } },
      },
    );
    const share = row.shares.find((one) => one.projectId === projectId);
    if (share === undefined) throw notFound("share");
    const change = limitsChange(toLimits(share), limits);
    if (change === undefined) return audit.nothing("it is so already");
    const { quota, ...others } = limits;
    await transaction.projectNode.update({
      where: { projectId_nodeId: { projectId, nodeId: id } },
      data: { ...others, ...quota },
      select: { nodeId: true },
    });
    await audit(transaction, {
      action: "node.limit_share",
      target: { type: "node", id, name: row.name },
      organizationId: share.project.organizationId,
      projectId,
      details: change,
    });
  });
  return { id };
}

export async function listShares(ctx: MemberContext, id: string): Promise<NodeShare[]> {
  const { row } = await owned(
    ctx,
    { noun: "node", id, permission: "node:read" },
    { shares: { select: shareView, orderBy: { sharedAt: "asc" } } },
  );
  const shares: NodeShare[] = [];
  for (const { sharedAt, project, ...columns } of row.shares)
    shares.push({
      sharedAt,
      project,
      limits: toLimits(columns),
      used: await readTaken(ctx.db, onNode({ projectId: project.id, nodeId: id })),
    });
  return shares;
}
