// Who is in a project, as what, and where their role comes from.
import type { OrganizationRole } from "@homeport/db/types";
import { Roles } from "@homeport/domain/access/rank";
import { readProjectMembers, type ProjectMember } from "../../access/project-members";
import { requireProject } from "../../access/projects";
import type { MemberContext } from "../../context";

/** `project`: the role that counts here; `organization`: what they are there, null for no member of it. */
export type ProjectMemberView = Omit<ProjectMember, "own"> & { project: OrganizationRole };

/** The highest role first. */
export async function listProjectMembers(ctx: MemberContext, projectId: string): Promise<ProjectMemberView[]> {
  const { organizationId } = await requireProject(ctx, { projectId, permission: "project:read" });
  const all = await readProjectMembers(ctx.db, { projectId, organizationId });
  return all
    .flatMap(({ project, own: _, ...member }) => (project === null ? [] : [{ ...member, project }]))
    .sort((a, b) => Roles.indexOf(a.project) - Roles.indexOf(b.project) || a.name.localeCompare(b.name, "en"));
}
