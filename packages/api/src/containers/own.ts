// One container that the caller may touch in this way, or nothing at all.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { Permission } from "@homeport/domain/permission";
import type { MemberContext } from "../context";
import { notFound, requireIn, type Membership } from "../scope";

interface Asked {
  id: string;
  permission: Permission;
}

/** Throws `not_found` for a stranger's, `forbidden` when the role in its project does not allow it. `within`: a transaction, or the context's database. */
export async function ownContainer<S extends Prisma.ContainerSelect>(
  ctx: MemberContext,
  { id, permission }: Asked,
  { select, within = ctx.db }: { select: S; within?: DbOrTransaction },
): Promise<{ container: Prisma.ContainerGetPayload<{ select: S }>; membership: Membership }> {
  const projects = await ctx.projects();
  const scope = await within.container.findFirst({
    where: { id, projectId: { in: [...projects.keys()] } },
    select: { projectId: true },
  });
  if (scope === null) throw notFound("container");
  const membership = requireIn(projects, scope.projectId, { permission, reading: "container:read", noun: "container" });
  const container = await within.container.findUnique({ where: { id }, select });
  if (container === null) throw notFound("container");
  return { container: container, membership }; // Prisma infers the same, but not through a type parameter
}
