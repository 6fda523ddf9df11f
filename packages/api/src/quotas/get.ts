// A quota with what is taken of it, for those who see the project or the organization; and all that holds for somebody who creates.
import { noQuota, type Amounts, type Bound, type Quota } from "@homeport/domain/quota/quota";
import { owned } from "../access/owned";
import { requireOrganization } from "../access/organizations";
import { requireProject } from "../access/projects";
import type { MemberContext } from "../context";
import { type Bounds, ofOrganization, ofProject, readBounds, readTaken } from "./bounds";
import { quotaColumns } from "./columns";

export interface QuotaView {
  quota: Quota;
  used: Amounts;
}

export async function getProjectQuota(ctx: MemberContext, projectId: string): Promise<QuotaView> {
  await requireProject(ctx, { projectId, permission: "project:read" });
  const { quota } = await ctx.db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { quota: { select: quotaColumns } },
  });
  return { quota: quota ?? noQuota, used: await readTaken(ctx.db, ofProject(projectId)) };
}

export async function getOrganizationQuota(ctx: MemberContext, organizationId: string): Promise<QuotaView> {
  await requireOrganization(ctx, { organizationId, permission: "organization:read" });
  const { quota } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { quota: { select: quotaColumns } },
  });
  return { quota: quota ?? noQuota, used: await readTaken(ctx.db, ofOrganization(organizationId)) };
}

export interface Room {
  /** What the project may use of the node; null: all of it. */
  share: Bounds["share"];
  /** Empty: nothing is limited. */
  quotas: Bound[];
}

/** What holds for the caller when they create in this project on this node. */
export async function getRoom(
  ctx: MemberContext,
  { projectId, nodeId }: { projectId: string; nodeId: string },
): Promise<Room> {
  const { organizationId } = await requireProject(ctx, { projectId, permission: "container:write" });
  await owned(ctx, { noun: "usableNode", id: nodeId, permission: "container:write", projectId }, { id: true });
  return readBounds(ctx.db, { projectId, organizationId, userId: ctx.userId, nodeId });
}
