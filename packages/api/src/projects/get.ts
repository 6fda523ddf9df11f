// The project that an address names.
import { notFound } from "../access/not-found";
import { owned, visible } from "../access/owned";
import type { MemberContext } from "../context";
import { projectView, type ProjectView } from "./view";

export async function getProject(ctx: MemberContext, slug: string): Promise<ProjectView> {
  const found = await ctx.db.project.findFirst({
    where: { AND: [await visible(ctx, "project", "project:read")], slug },
    select: { id: true },
  });
  if (found === null) throw notFound("project");
  const { row, membership } = await owned(
    ctx,
    { noun: "project", id: found.id, permission: "project:read" },
    projectView,
  );
  return { ...row, role: membership.role };
}
