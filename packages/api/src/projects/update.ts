// A project's name, and how addresses call it: those with its old slug lead nowhere from then on.
import type { UpdateProjectInput } from "@homeport/domain/project/project-input";
import { inLockedProject } from "../access/projects";
import type { MemberContext } from "../context";
import { slugTaken } from "./create";

export async function updateProject(
  ctx: MemberContext,
  { id, name, slug }: UpdateProjectInput,
): Promise<{ id: string; slug: string }> {
  const asked = { projectId: id, permission: "project:write" } as const;
  try {
    return await inLockedProject(ctx, asked, async (transaction, { organizationId }) => {
      const before = await transaction.project.findUniqueOrThrow({ where: { id }, select: { name: true, slug: true } });
      if (before.name === name && before.slug === slug) {
        ctx.audit.nothing("it is called so already");
        return { id, slug };
      }
      await transaction.project.update({ where: { id }, data: { name, slug }, select: { id: true } });
      await ctx.audit(transaction, {
        action: "project.update",
        target: { type: "project", id, name },
        organizationId,
        projectId: id,
        details: {
          ...(before.name === name ? {} : { nameBefore: before.name }),
          ...(before.slug === slug ? {} : { slugBefore: before.slug, slug }),
        },
      });
      return { id, slug };
    });
  } catch (error) {
    throw slugTaken(error, slug);
  }
}
