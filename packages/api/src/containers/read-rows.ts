// Containers with what is shown of them, in as many queries as there are tables, each by the same condition: a project has a thousand, and a
// list of their ids in every query costs more than the rows.
import type { Db, Prisma } from "@homeport/db/client";
import { readGuests, type Guest } from "@homeport/records/guests";
import { readTemplateNames, unknownTemplate } from "./template-names";
import { containerView, type ContainerRow, type TemplateName } from "./view";

const { node: nodeView, services: servicesView, runs: runsView, lease: leaseMarks, ...columns } = containerView;

export interface ReadContainer {
  row: ContainerRow;
  guest: Guest | undefined;
  template: TemplateName;
}

/** Newest first; of the same moment in one order. */
export async function readContainers(db: Db, where: Prisma.ContainerWhereInput): Promise<ReadContainer[]> {
  const rows = await readContainerRows(db, where);
  const [guests, templates] = await Promise.all([
    readGuests(db, rows),
    readTemplateNames(
      db,
      rows.map(({ templateRevisionId }) => templateRevisionId),
    ),
  ]);
  return rows.map((row) => ({
    row,
    guest: guests.get(row.id),
    template: templates.get(row.templateRevisionId) ?? unknownTemplate,
  }));
}

async function readContainerRows(db: Db, where: Prisma.ContainerWhereInput): Promise<ContainerRow[]> {
  const [containers, nodes, services, runs, leases] = await Promise.all([
    db.container.findMany({ where, select: columns, orderBy: [{ createdAt: "desc" }, { id: "desc" }] }),
    db.proxmoxNode.findMany({ where: { containers: { some: where } }, ...nodeView }),
    db.containerService.findMany({
      where: { container: where },
      select: { ...servicesView.select, containerId: true },
      orderBy: servicesView.orderBy,
    }),
    db.run.findMany({
      where: { container: where, ...runsView.where },
      select: { ...runsView.select, containerId: true },
    }),
    db.lease.findMany({ where: { container: where }, select: { ...leaseMarks.select, containerId: true } }),
  ]);
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const servicesOf = byContainer(services);
  const runsOf = byContainer(runs);
  const leaseOf = new Map(leases.map(({ containerId, ...lease }) => [containerId, lease]));
  return containers.flatMap((container) => {
    const node = nodeOf.get(container.nodeId);
    // Its node was read a moment later or earlier than the container, which never loses it.
    if (node === undefined) return [];
    return [
      {
        ...container,
        node,
        services: (servicesOf.get(container.id) ?? []).map(({ containerId: _, ...service }) => service),
        lease: leaseOf.get(container.id) ?? null,
        runs: (runsOf.get(container.id) ?? []).slice(0, runsView.take).map(({ containerId: _, ...run }) => run),
      },
    ];
  });
}

function byContainer<T extends { containerId: string | null }>(rows: readonly T[]): ReadonlyMap<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const row of rows) {
    const group = groups.get(row.containerId);
    if (group) group.push(row);
    else groups.set(row.containerId, [row]);
  }
  return groups;
}
