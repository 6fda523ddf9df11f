// Gives a guest with our ownership tag a container again: the row that the tag names, brought back, or a new one of the same id made from its config.
import type { Prisma } from "@homeport/db/client";
import type { ContainerLifecycle } from "@homeport/db/types";
import { adoptedSpec } from "@homeport/domain/container/adopted-spec";
import { AppError } from "@homeport/domain/error";
import type { OrphanFacts } from "@homeport/domain/orphan/orphan";
import { owned } from "../access/owned";
import { requireProject } from "../access/projects";
import type { MemberContext } from "../context";

type Transaction = Prisma.TransactionClient;

export interface Guest {
  nodeId: string;
  vmid: number;
  facts: OrphanFacts;
}

export interface Attached {
  containerId: string;
  hostname: string;
  projectId: string;
  organizationId: string;
}

/** Its id stays the one that the guest's ownership tag names: the fence before every act compares it with the guest. */
export async function attachGuest(
  ctx: MemberContext,
  transaction: Transaction,
  {
    guest,
    projectId,
    lifecycle,
  }: { guest: Guest; projectId: string; lifecycle: Extract<ContainerLifecycle, "ready" | "failed"> },
): Promise<Attached> {
  const { nodeId, vmid, facts } = guest;
  const { marker } = facts;
  if (marker === null) throw new AppError("orphan.unmarked", "Its ownership tag does not name a container.");
  const row = await transaction.container.findUnique({
    where: { id: marker },
    select: {
      projectId: true,
      lifecycle: true,
      hostname: true,
      project: { select: { retiredAt: true } },
      node: { select: { userId: true } },
    },
  });
  if (row) {
    if (row.lifecycle !== "deleted")
      throw new AppError("orphan.alive", "The container that its tag names still exists.");
    const home = await homeOf(ctx, transaction, { id: marker, row, projectId });
    await transaction.container.update({
      where: { id: marker },
      data: { lifecycle, deletedAt: null, nodeId, vmid, projectId: home.projectId },
      select: { id: true },
    });
    return {
      containerId: marker,
      hostname: row.hostname,
      projectId: home.projectId,
      organizationId: home.organizationId,
    };
  }
  const { organizationId } = await requireProject(ctx, { projectId, permission: "container:write" });
  const templateRevisionId = await adoptedRevision(transaction);
  const spec = adoptedSpec(facts.config, { nodeId, templateRevisionId, vmid });
  if (spec === undefined)
    throw new AppError(
      "orphan.unreadable",
      "Its config holds what Homeport cannot read back. It is left alone: manage it in Proxmox.",
    );
  await transaction.container.create({
    data: {
      id: marker,
      projectId,
      nodeId,
      templateRevisionId,
      createdById: ctx.userId,
      hostname: spec.hostname,
      vmid,
      lifecycle,
      spec,
    },
    select: { id: true },
  });
  return { containerId: marker, hostname: spec.hostname, projectId, organizationId };
}

/** Its own project; where that was deleted, the one that the person names, for what was made on their own node. */
async function homeOf(
  ctx: MemberContext,
  transaction: Transaction,
  {
    id,
    row,
    projectId,
  }: { id: string; row: { project: { retiredAt: Date | null }; node: { userId: string } }; projectId: string },
): Promise<{ projectId: string; organizationId: string }> {
  if (row.project.retiredAt !== null && row.node.userId === ctx.userId)
    return requireProject(ctx, { projectId, permission: "container:write" });
  const container = { noun: "container", id, permission: "container:write", within: transaction } as const;
  return (await owned(ctx, container, { id: true })).membership;
}

const definition = {
  name: "adopted",
  title: "Adopted",
  summary: "A guest that was there before its container was.",
  description: "",
  icon: "box",
  category: "other",
  os: { family: "debian", version: "unknown" },
  defaults: { cores: 1, memoryMib: 512, swapMib: 0, diskGib: 1, unprivileged: true, nesting: false },
  ports: [],
  estimate: { seconds: 1, downloadMib: 0 },
  packages: [],
  files: [],
  scripts: [],
  tags: [],
};

/** From which template it was made is not in a config. This one has nothing in it and is never offered: it is retired from the start. */
async function adoptedRevision(transaction: Transaction): Promise<string> {
  const template = await transaction.template.upsert({
    where: { name: definition.name },
    create: { name: definition.name, retiredAt: new Date() },
    update: {},
    select: { id: true },
  });
  // Not an upsert: where the row is there it updates it, and a revision is immutable.
  await transaction.templateRevision.createMany({
    data: { templateId: template.id, revision: 1, hash: "adopted", definition },
    skipDuplicates: true,
  });
  const revision = await transaction.templateRevision.findUniqueOrThrow({
    where: { templateId_revision: { templateId: template.id, revision: 1 } },
    select: { id: true },
  });
  return revision.id;
}
