// Who is in a project: what somebody is in it and in its organization, read together.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ProjectRole } from "@homeport/db/types";
import type { MemberRoles } from "@homeport/domain/access/project-rank";
import { projectRole, roleSource } from "@homeport/domain/access/project-role";

export interface ProjectMember extends MemberRoles {
  userId: string;
  name: string;
  email: string;
  roleOf: "project" | "organization";
  /** Their row in the project, whether it counts or not. */
  own: { role: ProjectRole; inheritedFromOrg: boolean } | null;
}

/** All members of the organization, and whoever has a role in the project alone; `userId`: only that one. */
export async function readProjectMembers(
  db: DbOrTransaction,
  { projectId, organizationId, userId }: { projectId: string; organizationId: string; userId?: string },
): Promise<ProjectMember[]> {
  const people = await db.user.findMany({
    where: {
      ...(userId === undefined ? {} : { id: userId }),
      OR: [{ organizations: { some: { organizationId } } }, { projects: { some: { projectId } } }],
    },
    select: {
      id: true,
      name: true,
      email: true,
      organizations: { where: { organizationId }, select: { role: true } },
      projects: { where: { projectId }, select: { role: true, inheritedFromOrg: true } },
    },
  });
  return people.map(({ id, name, email, organizations, projects }) => {
    const organization = organizations[0]?.role ?? null;
    const own = projects[0] ?? null;
    const project = projectRole({ organization, project: own });
    return {
      userId: id,
      name,
      email,
      organization,
      project,
      roleOf: roleSource(own),
      own,
    };
  });
}
