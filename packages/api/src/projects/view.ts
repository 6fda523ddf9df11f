// What a person sees of a project, with their role there.
import type { Prisma } from "@homeport/db/client";
import { visible } from "../access/owned";
import type { Membership } from "../access/projects";
import type { MemberContext } from "../context";

const select = {
  id: true,
  /** Names it in addresses: no two projects of an installation share one. */
  slug: true,
  name: true,
  organization: { select: { id: true, slug: true, name: true } },
} as const satisfies Prisma.ProjectSelect;

export type ProjectView = Prisma.ProjectGetPayload<{ select: typeof select }> & Pick<Membership, "role" | "roleOf">;

/** Those of the caller's that are named so, or all of them; oldest first. */
export async function readProjectViews(
  ctx: MemberContext,
  named: { id?: string; slug?: string } = {},
): Promise<ProjectView[]> {
  const projects = await ctx.projects();
  const rows = await ctx.db.project.findMany({
    where: { AND: [await visible(ctx, "project", "project:read")], ...named },
    select,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.flatMap((row) => {
    const membership = projects.get(row.id);
    return membership === undefined ? [] : [{ ...row, role: membership.role, roleOf: membership.roleOf }];
  });
}
