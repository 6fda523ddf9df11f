// One run of a container that the caller may touch in this way, or nothing at all.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { Permission } from "@homeport/domain/permission";
import type { MemberContext } from "../context";
import { notFound, requireIn, type Membership } from "../scope";

/** Throws `not_found` for a stranger's, `forbidden` when the role in its container's project does not allow it. */
export async function ownRun<S extends Prisma.RunSelect>(
  ctx: MemberContext,
  { id, permission }: { id: string; permission: Permission },
  { select, within = ctx.db }: { select: S; within?: DbOrTransaction },
): Promise<{ run: Prisma.RunGetPayload<{ select: S }>; membership: Membership }> {
  const projects = await ctx.projects();
  const scope = await within.run.findFirst({
    where: { id, container: { projectId: { in: [...projects.keys()] } } },
    select: { container: { select: { projectId: true } } },
  });
  if (scope === null) throw notFound("run");
  const membership = requireIn(projects, scope.container.projectId, { permission, reading: "run:read", noun: "run" });
  const run = await within.run.findUnique({ where: { id }, select });
  if (run === null) throw notFound("run");
  return { run: run, membership }; // Prisma infers the same, but not through a type parameter
}
