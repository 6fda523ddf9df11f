// Which entries of the audit log a person sees: of their projects and of the organizations they run, by them, or about themselves.
import type { Prisma } from "@homeport/db/client";
import type { MemberContext } from "../context";
import { organizationsWith } from "../access/organizations";
import { projectsWith } from "../access/projects";

export async function visibleActivity({
  organizations,
  projects,
  userId,
  scope,
}: MemberContext): Promise<Prisma.AuditLogWhereInput> {
  const inProjects = { projectId: { in: projectsWith(await projects(), "activity:read") } };
  // A program reads of projects, not of its person's account.
  if (scope !== null) return inProjects;
  return {
    OR: [
      { actorId: userId },
      { targetType: { in: ["account", "member"] }, targetId: userId },
      { organizationId: { in: organizationsWith(await organizations(), "member:write") } },
      inProjects,
    ],
  };
}
