// Which entries of the audit log a person sees: of their projects and of the organizations they run, by them, or about themselves.
import type { Prisma } from "@homeport/db/client";
import type { MemberContext } from "../context";
import { organizationsWith } from "../access/organizations";
import { projectsWith } from "../access/projects";

export async function visibleActivity({
  organizations,
  projects,
  userId,
}: MemberContext): Promise<Prisma.AuditLogWhereInput> {
  return {
    OR: [
      { actorId: userId },
      { targetType: { in: ["account", "member"] }, targetId: userId },
      { organizationId: { in: organizationsWith(await organizations(), "member:write") } },
      { projectId: { in: projectsWith(await projects(), "activity:read") } },
    ],
  };
}
