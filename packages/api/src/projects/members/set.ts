// Which role a member of the organization has in one of its projects: one of its own, the one that they have in the organization, or none.
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { maySetProjectRole, type MemberRoles } from "@homeport/domain/access/project-rank";
import { projectRole } from "@homeport/domain/access/project-role";
import { AppError } from "@homeport/domain/error";
import type { ProjectRoleInput } from "@homeport/domain/project/project-input";
import { lockOrganization } from "../../access/organizations";
import { notFound } from "../../access/not-found";
import { readProjectMembers } from "../../access/project-members";
import { requireProject } from "../../access/projects";
import type { MemberContext } from "../../context";

interface Member {
  projectId: string;
  userId: string;
}

export async function setProjectRole(
  ctx: MemberContext,
  { role, ...member }: Member & { role: ProjectRoleInput },
): Promise<{ role: ProjectRoleInput }> {
  await change(ctx, member, {
    action: "member.set_project_role",
    to: ({ organization }) => (role === "inherited" ? organization : role),
    write: async (transaction) => {
      const data = role === "inherited" ? { inheritedFromOrg: true } : { role, inheritedFromOrg: false };
      await transaction.projectMember.upsert({
        where: { projectId_userId: member },
        // What stands there counts only once it is the project's own.
        create: { ...member, role: "VIEWER", ...data },
        update: data,
        select: { id: true },
      });
    },
  });
  return { role };
}

/** Owners and administrators of the organization stay in it by their role there. */
export async function removeFromProject(ctx: MemberContext, member: Member): Promise<{ id: string }> {
  await change(ctx, member, {
    action: "member.remove_from_project",
    to: ({ organization }) => projectRole({ organization, project: null }),
    write: async (transaction) => {
      await transaction.projectMember.deleteMany({ where: member });
    },
  });
  return { id: member.userId };
}

/** One after the other with all that changes roles in the organization: what everybody is, is read behind its lock. */
async function change(
  ctx: MemberContext,
  { projectId, userId }: Member,
  how: {
    action: `member.${string}`;
    /** The role that they have here afterwards. */
    to: (theirs: MemberRoles) => OrganizationRole | null;
    write: (transaction: DbOrTransaction) => Promise<void>;
  },
): Promise<void> {
  const { organizationId } = await requireProject(ctx, { projectId, permission: "project:read" });
  await ctx.db.$transaction(async (transaction) => {
    await lockOrganization(transaction, organizationId);
    const at = { projectId, organizationId };
    const [mine] = await readProjectMembers(transaction, { ...at, userId: ctx.userId });
    if (mine === undefined || mine.project === null) throw notFound("project");
    const [theirs] = await readProjectMembers(transaction, { ...at, userId });
    if (theirs === undefined || theirs.organization === null) throw notFound("member");
    const to = how.to(theirs);
    if (!maySetProjectRole(mine, { theirs, to }))
      throw new AppError("role.forbids", "Your role in this project does not allow it.");
    const before = await transaction.projectMember.findUnique({
      where: { projectId_userId: { projectId, userId } },
      select: { role: true, inheritedFromOrg: true },
    });
    const { name: project } = await transaction.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { name: true },
    });
    await how.write(transaction);
    await ctx.audit(transaction, {
      action: how.action,
      target: { type: "member", id: userId, name: theirs.name },
      organizationId,
      projectId,
      details: { project, ...roleBefore(before), ...(to === null ? {} : { role: to }) },
    });
  });
}

const roleBefore = (member: { role: string; inheritedFromOrg: boolean } | null): Record<string, string> =>
  member === null ? {} : { roleBefore: member.inheritedFromOrg ? "inherited" : member.role };
