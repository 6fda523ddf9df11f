// What a person can see and do: every lookup goes through here, and what is not theirs does not exist.
import type { Db } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import { may, type Permission } from "@homeport/domain/permission";
import { projectRole } from "@homeport/domain/project-role";
import { z } from "zod";

export interface Membership {
  projectId: string;
  organizationId: string;
  role: OrganizationRole;
}

export type Projects = ReadonlyMap<string, Membership>;

/** The projects of a person by id, with the role that counts there. Nobody has none. */
export async function readProjects(db: Db, userId: string | undefined): Promise<Projects> {
  if (userId === undefined) return new Map();
  const projects = await db.project.findMany({
    where: { OR: [{ members: { some: { userId } } }, { organization: { members: { some: { userId } } } }] },
    select: {
      id: true,
      organizationId: true,
      members: { where: { userId }, select: { role: true, inheritedFromOrg: true } },
      organization: { select: { members: { where: { userId }, select: { role: true } } } },
    },
  });
  const entries = projects.flatMap((project): [string, Membership][] => {
    const role = projectRole({
      organization: project.organization.members[0]?.role ?? null,
      project: project.members[0] ?? null,
    });
    return role === null ? [] : [[project.id, { projectId: project.id, organizationId: project.organizationId, role }]];
  });
  return new Map(entries);
}

/** The ids of the projects in which the person may do this: the `projectId: { in: … }` of every query. */
export function projectsWith(projects: Projects, permission: Permission): string[] {
  return [...projects.values()].filter(({ role }) => may(role, permission)).map(({ projectId }) => projectId);
}

/** The membership that lets the person do this to something of `projectId`; `not_found` for strangers, `forbidden` for members without the right. */
export function requireIn(
  projects: Projects,
  projectId: string,
  { permission, reading, noun }: { permission: Permission; reading: Permission; noun: string },
): Membership {
  const membership = projects.get(projectId);
  if (!membership || !may(membership.role, reading)) throw notFound(noun);
  if (!may(membership.role, permission))
    throw new AppError("role.forbids", `Your role in this project does not allow it.`);
  return membership;
}

/** For an id that no schema has parsed, as in the path of a download: what is no UUID names nothing. */
export function requireId(id: string, noun: string): void {
  if (!z.uuid().safeParse(id).success) throw notFound(noun);
}

export function notFound(noun: string): AppError {
  return new AppError("thing.not_found", `There is no such ${noun}, or it is not yours.`);
}
