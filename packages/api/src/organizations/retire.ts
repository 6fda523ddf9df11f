// Deletes an organization with all its projects, once they hold no containers any more. It is retired, as they are.
import { AppError } from "@homeport/domain/error";
import { inOrganization } from "../access/organizations";
import { requireTypedName } from "../confirm-name";
import type { MemberContext } from "../context";
import { openInvitation } from "../invitations/open-invitation";
import { freedSlug, lockProject, retireEmpty, type Retired } from "../projects/retire";

/** By an owner, with all its projects. Nobody deletes a personal organization. */
export async function retireOrganization(ctx: MemberContext, { id, name: typed }: Retired): Promise<{ id: string }> {
  return inOrganization(ctx, { organizationId: id, permission: "ownership:write" }, async (transaction) => {
    const { name, personalOfId } = await transaction.organization.findUniqueOrThrow({
      where: { id },
      select: { name: true, personalOfId: true },
    });
    requireTypedName(typed, name);
    if (personalOfId !== null)
      throw new AppError("organization.personal", "This is the person's own organization, which everybody has one of.");
    const live = { where: { organizationId: id, retiredAt: null }, orderBy: { id: "asc" } } as const;
    const rows = await transaction.project.findMany({ ...live, select: { id: true } });
    const projects = rows.map((project) => project.id);
    for (const projectId of projects) await lockProject(transaction, projectId);
    await retireEmpty(ctx, transaction, projects);
    const now = ctx.clock();
    await transaction.invitation.updateMany({
      where: { organizationId: id, ...openInvitation },
      data: { revokedAt: now },
    });
    await transaction.organization.update({
      where: { id },
      data: { retiredAt: now, slug: freedSlug() },
      select: { id: true },
    });
    await ctx.audit(transaction, {
      action: "organization.destroy",
      target: { type: "organization", id, name },
      organizationId: id,
      details: { projects: projects.length },
    });
    return { id };
  });
}
