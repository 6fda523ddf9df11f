// Deletes a project that holds no containers any more. It is retired: runs, logs and the audit log keep its record.
import { randomUUID } from "node:crypto";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { inOrganization } from "../access/organizations";
import { owned } from "../access/owned";
import { requireTypedName } from "../confirm-name";
import type { MemberContext } from "../context";

export interface Retired {
  id: string;
  /** As the person typed it. */
  name: string;
}

/** By an owner or administrator of the organization. A personal organization keeps a project, so that its person has where to land. */
export async function retireProject(ctx: MemberContext, { id, name: typed }: Retired): Promise<{ id: string }> {
  const { membership } = await owned(ctx, { noun: "project", id, permission: "project:read" }, { id: true });
  const { organizationId } = membership;
  const asked = { organizationId, permission: "organization:write" } as const;
  return inOrganization(ctx, asked, async (transaction) => {
    await lockProject(transaction, id);
    const { name, retiredAt, organization } = await transaction.project.findUniqueOrThrow({
      where: { id },
      select: {
        name: true,
        retiredAt: true,
        organization: {
          select: { personalOfId: true, _count: { select: { projects: { where: { retiredAt: null } } } } },
        },
      },
    });
    if (retiredAt !== null) throw new AppError("write.gone", "It is not there any more.");
    requireTypedName(typed, name);
    if (organization.personalOfId !== null && organization._count.projects === 1)
      throw new AppError("project.last", "A personal organization keeps one project at least: make another one first.");
    await retireEmpty(ctx, transaction, [id]);
    await ctx.audit(transaction, {
      action: "project.destroy",
      target: { type: "project", id, name },
      organizationId,
      projectId: id,
    });
    return { id };
  });
}

/** Containers that are being made in it wait, and are refused by the database (container_project_is_live). */
export async function lockProject(transaction: DbOrTransaction, id: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

async function requireEmpty(transaction: DbOrTransaction, ids: readonly string[]): Promise<void> {
  const live = { lifecycle: { not: "deleted" } } as const;
  const full = await transaction.project.findMany({
    where: { id: { in: [...ids] }, containers: { some: live } },
    select: { name: true, _count: { select: { containers: { where: live } } } },
    orderBy: { id: "asc" },
  });
  if (full.length > 0) {
    const where = full.map(({ name, _count }) => `${name}: ${_count.containers}`).join(", ");
    throw new AppError(
      "project.has_containers",
      `There are containers left (${where}). Delete them first, on the Containers page: each is destroyed on its node by a run.`,
    );
  }
  const busy = await transaction.project.findFirst({
    where: { id: { in: [...ids] }, runs: { some: { state: { in: [...ActiveRunStates] } } } },
    select: { name: true },
  });
  if (busy !== null)
    throw new AppError(
      "project.has_runs",
      `A run in it is not finished (${busy.name}). Wait until it has ended, or cancel it.`,
    );
}

/**
 * Refuses while something is left in one of them. Nodes that were shared into them are shared there no more; invitations lead to the
 * organization alone. The caller holds the projects' locks.
 */
export async function retireEmpty(
  { clock }: Pick<MemberContext, "clock">,
  transaction: DbOrTransaction,
  ids: readonly string[],
): Promise<void> {
  await requireEmpty(transaction, ids);
  await transaction.invitation.updateMany({
    where: { project: { id: { in: [...ids] } }, acceptedAt: null },
    data: { projectId: null, projectRole: null },
  });
  for (const id of ids)
    await transaction.project.update({
      where: { id },
      data: { retiredAt: clock(), slug: freedSlug(), nodes: { deleteMany: {} } },
      select: { id: true },
    });
}

/** No form takes one of this length: what was given up is free for others, and this is never in their way. */
export function freedSlug(): string {
  return `deleted-${randomUUID()}`;
}
