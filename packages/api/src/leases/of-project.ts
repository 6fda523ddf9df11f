// For how long new containers of a project are lent, where their template says nothing. Those that are there keep what they have.
import type { LeaseDefault } from "@homeport/domain/lease/lease-input";
import { readProjectLease } from "@homeport/records/lease-rows";
import { inLockedProject, requireProject } from "../access/projects";
import type { MemberContext } from "../context";

export async function getProjectLease(ctx: MemberContext, projectId: string): Promise<LeaseDefault | null> {
  await requireProject(ctx, { projectId, permission: "project:read" });
  return readProjectLease(ctx.db, projectId);
}

export async function setProjectLease(
  ctx: MemberContext,
  { projectId, lease }: { projectId: string; lease: LeaseDefault | null },
): Promise<LeaseDefault | null> {
  return inLockedProject(ctx, { projectId, permission: "project:write" }, async (within, { organizationId }) => {
    const before = await readProjectLease(within, projectId);
    if (before?.days === lease?.days && before?.graceDays === lease?.graceDays) {
      ctx.audit.nothing("it is so already");
      return lease;
    }
    const { name } = await within.project.update({
      where: { id: projectId },
      data: { leaseDays: lease?.days ?? null, leaseGraceDays: lease?.graceDays ?? null },
      select: { name: true },
    });
    await ctx.audit(within, {
      action: "project.lease",
      target: { type: "project", id: projectId, name },
      organizationId,
      projectId,
      details: {
        days: lease?.days ?? null,
        graceDays: lease?.graceDays ?? null,
        daysBefore: before?.days ?? null,
        graceDaysBefore: before?.graceDays ?? null,
      },
    });
    return lease;
  });
}
