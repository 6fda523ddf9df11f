// Which entries of the audit log a person sees: of their projects, by them, or about their account.
import type { Prisma } from "@homeport/db/client";
import type { MemberContext } from "../context";
import { projectsWith } from "../access/projects";

export async function visibleActivity({ projects, userId }: MemberContext): Promise<Prisma.AuditLogWhereInput> {
  return {
    OR: [
      { actorId: userId },
      { targetType: "account", targetId: userId },
      { projectId: { in: projectsWith(await projects(), "activity:read") } },
    ],
  };
}
