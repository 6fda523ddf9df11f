// Deletes a project or an organization that holds no containers any more. They are retired: runs, logs and the audit log keep their record.
import { randomUUID } from "node:crypto";
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { inOrganization } from "../access/organizations";
import { owned } from "../access/owned";
import type { MemberContext } from "../context";

interface Asked {
  id: string;
  /** As the person typed it. */
  name: string;
}

/** By an owner or administrator of the organization. A personal organization keeps a project, so that its person has where to land. */
export async function retireProject(ctx: MemberContext, { id, name: typed }: Asked): Promise<{ id: string }> {
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
    requireName(typed, name);
    if (organization.personalOfId !== null && organization._count.projects === 1)
      throw new AppError("project.last", "A personal organization keeps one project at least: make another one first.");
    await requireEmpty(transaction, [id]);
    await retire(ctx, transaction, [id]);
    await ctx.audit(transaction, {
      action: "project.destroy",
      target: { type: "project", id, name },
      organizationId,
      projectId: id,
    });
    return { id };
  });
}

/** By an owner, with all its projects. Nobody deletes a personal organization. */
export async function retireOrganization(ctx: MemberContext, { id, name: typed }: Asked): Promise<{ id: string }> {
  return inOrganization(ctx, { organizationId: id, permission: "ownership:write" }, async (transaction) => {
    const { name, personalOfId } = await transaction.organization.findUniqueOrThrow({
      where: { id },
      select: { name: true, personalOfId: true },
    });
    requireName(typed, name);
    if (personalOfId !== null)
      throw new AppError("organization.personal", "This is the person's own organization, which everybody has one of.");
    const live = { where: { organizationId: id, retiredAt: null }, orderBy: { id: "asc" } } as const;
    const rows = await transaction.project.findMany({ ...live, select: { id: true } });
    const projects = rows.map((project) => project.id);
    for (const projectId of projects) await lockProject(transaction, projectId);
    await requireEmpty(transaction, projects);
    await retire(ctx, transaction, projects);
    const now = ctx.clock();
    await transaction.invitation.updateMany({
      where: { organizationId: id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    await transaction.organization.update({
      where: { id },
      data: { retiredAt: now, slug: freed() },
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

/** Containers that are being made in it wait, and are refused by the database (container_project_is_live). */
async function lockProject(transaction: DbOrTransaction, id: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "Project" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

function requireName(typed: string, name: string): void {
  if (typed.trim() === name) return;
  const why = `Type ${name} to confirm.`;
  throw new AppError("confirm.name", why, { fields: { name: why } });
}

/** The caller holds the projects' locks. */
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

/** Nodes that were shared into them are shared there no more; invitations lead to the organization alone. */
async function retire(
  { clock }: Pick<MemberContext, "clock">,
  transaction: DbOrTransaction,
  ids: readonly string[],
): Promise<void> {
  await transaction.invitation.updateMany({
    where: { project: { id: { in: [...ids] } }, acceptedAt: null },
    data: { projectId: null, projectRole: null },
  });
  for (const id of ids)
    await transaction.project.update({
      where: { id },
      data: { retiredAt: clock(), slug: freed(), nodes: { deleteMany: {} } },
      select: { id: true },
    });
}

/** No form takes one of this length: what was given up is free for others, and this is never in their way. */
function freed(): string {
  return `deleted-${randomUUID()}`;
}
