// The projects that a person sees, with the role that counts in each: what every decision about a project's things begins with.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { Permission } from "@homeport/domain/access/permission";
import { projectRole, roleSource } from "@homeport/domain/access/project-role";
import type { MemberContext } from "../context";
import { notFound } from "./not-found";
import { lockOrganization } from "./organizations";
import { letIn } from "./required-factor";
import { allows, type Holder, type Rights } from "./rights";

export interface Membership extends Rights {
  projectId: string;
  organizationId: string;
  /** Whether the role was set for this project, or is that of its organization. */
  roleOf: "project" | "organization";
}

/** By id, oldest first. */
export type Projects = ReadonlyMap<string, Membership>;

/** Nobody has none; a token those that it was given, as far as its person still sees them. */
export async function readProjects(db: DbOrTransaction, holder: Holder | null): Promise<Projects> {
  if (holder === null) return new Map();
  return toProjects(await letIn(db, holder, await readRows(db, holder)), holder);
}

/** With those of organizations that keep the person out until they have a second factor: what their roles are, not what they may. */
export async function readMemberships(db: DbOrTransaction, holder: Holder): Promise<Projects> {
  return toProjects(await readRows(db, holder), holder);
}

async function readRows(db: DbOrTransaction, { userId, scope }: Holder) {
  return db.project.findMany({
    where: {
      retiredAt: null,
      ...(scope === null || scope.projectIds === null ? {} : { id: { in: [...scope.projectIds] } }),
      OR: [{ members: { some: { userId } } }, { organization: { members: { some: { userId } } } }],
    },
    select: {
      id: true,
      organizationId: true,
      members: { where: { userId }, select: { role: true, inheritedFromOrg: true } },
      organization: {
        select: { requiresSecondFactor: true, members: { where: { userId }, select: { role: true } } },
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

function toProjects(rows: Readonly<Awaited<ReturnType<typeof readRows>>>, { scope }: Holder): Projects {
  const entries = rows.flatMap((project): [string, Membership][] => {
    const role = projectRole({
      organization: project.organization.members[0]?.role ?? null,
      project: project.members[0] ?? null,
    });
    if (role === null) return [];
    const roleOf = roleSource(project.members[0] ?? null);
    return [[project.id, { projectId: project.id, organizationId: project.organizationId, role, scope, roleOf }]];
  });
  return new Map(entries);
}

/** The ids of the projects in which the person may do this. */
export function projectsWith(projects: Projects, permission: Permission): string[] {
  return [...projects.values()].filter((one) => allows(one, permission)).map(({ projectId }) => projectId);
}

/** The project that a list or a creation names: `not_found` for strangers, `forbidden` for members without the right. */
export async function requireProject(
  { projects }: Pick<MemberContext, "projects">,
  { projectId, permission }: { projectId: string; permission: Permission },
): Promise<Membership> {
  return requireIn(await projects(), projectId, { permission, reading: "project:read", noun: "project" });
}

/**
 * For whoever changes a project, or what is in it by a role: one after the other with all that changes the organization and its members.
 * Who may do what is read behind the lock, so that a role that was taken away, or a project that was deleted, a moment ago gives nothing.
 */
export async function inLockedProject<T>(
  ctx: Pick<MemberContext, "db" | "userId" | "scope" | "projects">,
  { projectId, permission }: { projectId: string; permission: Permission },
  change: (transaction: DbOrTransaction, membership: Membership) => Promise<T>,
): Promise<T> {
  const { organizationId } = await requireProject(ctx, { projectId, permission: "project:read" });
  return ctx.db.$transaction(async (transaction) => {
    await lockOrganization(transaction, organizationId);
    const projects = () => readProjects(transaction, ctx);
    return change(transaction, await requireProject({ projects }, { projectId, permission }));
  });
}

export function roleForbids({ projectId, organizationId }: Pick<Membership, "projectId" | "organizationId">): AppError {
  const place = { projectId, organizationId };
  return new AppError("role.forbids", "Your role in this project does not allow it.", { place });
}

interface Asked {
  permission: Permission;
  /** Without this one the thing is not there for the person. */
  reading: Permission;
  /** What is not found. */
  noun: string;
}

/** The membership that lets the person do this to something of `projectId`; `not_found` for strangers, `forbidden` for members without the right. */
export function requireIn(projects: Projects, projectId: string, { permission, reading, noun }: Asked): Membership {
  const membership = projects.get(projectId);
  if (!membership || !allows(membership, reading)) throw notFound(noun);
  if (!allows(membership, permission)) throw roleForbids(membership);
  return membership;
}
