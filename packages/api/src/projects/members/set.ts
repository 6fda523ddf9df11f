// Which role a member of the organization has in one of its projects: one of its own, the one that they have in the organization, or none.
import type { DbOrTransaction } from "@homeport/db/client";
import type { OrganizationRole } from "@homeport/db/types";
import { maySetProjectRole, type MemberRoles } from "@homeport/domain/access/project-rank";
import { projectRole } from "@homeport/domain/access/project-role";
import type { ProjectRoleInput } from "@homeport/domain/project/project-input";
import { notFound } from "../../access/not-found";
import { readProjectMembers, type ProjectMember } from "../../access/project-members";
import { inLockedProject, roleForbids } from "../../access/projects";
import type { MemberContext } from "../../context";

type Before = ProjectMember["own"];

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
    to: ({ organization }) => {
      // Nobody is given a role here who does not belong to the organization.
      if (organization === null) throw notFound("member");
      return role === "inherited" ? organization : role;
    },
    own: role !== "inherited",
    isSo: (before) => before !== null && (before.inheritedFromOrg ? "inherited" : before.role) === role,
    details: { role },
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

/** Owners and administrators of the organization stay in it by their role there. Nodes that they shared into it are shared no more. */
export async function removeFromProject(ctx: MemberContext, member: Member): Promise<{ id: string }> {
  await change(ctx, member, {
    action: "member.remove_from_project",
    to: ({ organization }) => projectRole({ organization, project: null }),
    own: false,
    isSo: (before) => before === null,
    details: {},
    write: async (transaction, to) => {
      await transaction.projectMember.deleteMany({ where: member });
      if (to !== null) return;
      const { projectId, userId } = member;
      await transaction.projectNode.deleteMany({ where: { project: { id: projectId }, sharedBy: { id: userId } } });
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
    /** Whether it is a role of the project's own that is set. */
    own: boolean;
    /** Whether there is nothing to do; null: they have no row here. */
    isSo: (before: Before) => boolean;
    details: Record<string, string>;
    write: (transaction: DbOrTransaction, to: OrganizationRole | null) => Promise<void>;
  },
): Promise<void> {
  const asked = { projectId, permission: "project:read" } as const;
  await inLockedProject(ctx, asked, async (transaction, { organizationId }) => {
    const at = { projectId, organizationId };
    const [mine] = await readProjectMembers(transaction, { ...at, userId: ctx.userId });
    const [theirs] = await readProjectMembers(transaction, { ...at, userId });
    if (mine === undefined || theirs === undefined) throw notFound("member");
    const to = how.to(theirs);
    const toOneself = userId === ctx.userId && how.own;
    if (!maySetProjectRole(mine, { theirs, to, toOneself })) throw roleForbids(at);
    const before = theirs.own;
    if (how.isSo(before)) {
      ctx.audit.nothing("it is so already");
      return;
    }
    const { name: project } = await transaction.project.findUniqueOrThrow({
      where: { id: projectId },
      select: { name: true },
    });
    await how.write(transaction, to);
    await ctx.audit(transaction, {
      action: how.action,
      target: { type: "member", id: userId, name: theirs.name },
      organizationId,
      projectId,
      details: { project, ...roleBefore(before), ...how.details },
    });
  });
}

const roleBefore = (member: Before): Record<string, string> =>
  member === null ? {} : { roleBefore: member.inheritedFromOrg ? "inherited" : member.role };
