// One batch that the caller may touch in this way, or nothing at all.
import type { Prisma } from "@homeport/db/client";
import type { Permission } from "@homeport/domain/permission";
import type { MemberContext } from "../context";
import { notFound, requireIn, type Membership } from "../scope";

/** Throws `not_found` for a stranger's, `forbidden` when the role in its project does not allow it. */
export async function ownBatch<S extends Prisma.BatchSelect>(
  ctx: MemberContext,
  { id, permission }: { id: string; permission: Permission },
  select: S,
): Promise<{ batch: Prisma.BatchGetPayload<{ select: S }>; membership: Membership }> {
  const projects = await ctx.projects();
  const scope = await ctx.db.batch.findFirst({
    where: { id, projectId: { in: [...projects.keys()] } },
    select: { projectId: true },
  });
  if (scope === null) throw notFound("batch");
  const membership = requireIn(projects, scope.projectId, { permission, reading: "run:read", noun: "batch" });
  const batch = await ctx.db.batch.findUnique({ where: { id }, select });
  if (batch === null) throw notFound("batch");
  return { batch, membership }; // Prisma infers the same, but not through a type parameter
}
