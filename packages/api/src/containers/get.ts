// One container with its history.
import type { Prisma } from "@homeport/db/client";
import { ContainerSpec } from "./spec";
import { readContainerEvent, type StoredContainerEvent } from "@homeport/domain/container/container-event";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import type { MemberContext } from "../context";
import { runSummary, toRunSummary, type RunSummary } from "../runs/view";
import { readGuests } from "@homeport/records/guests";
import { owned } from "../access/owned";
import { leaseView, toLeaseView, type LeaseView } from "../leases/view";
import { readTemplateNames, unknownTemplate } from "./template-names";
import { containerView, toContainerView, type ContainerView, type ServiceView } from "./view";

const EVENTS = 100;

const detail = {
  ...containerView,
  deletedAt: true,
  lease: { select: leaseView },
  createdBy: { select: { name: true } },
  events: { select: { id: true, type: true, metadata: true, createdAt: true }, orderBy: { id: "desc" }, take: EVENTS },
} as const satisfies Prisma.ContainerSelect;
type Row = Prisma.ContainerGetPayload<{ select: typeof detail }>;
type ContainerEventView = Pick<Row["events"][number], "createdAt"> & { id: string; event: StoredContainerEvent };

export type ContainerDetail = Omit<ContainerView, "services" | "lease"> &
  Pick<Row, "createdBy" | "templateRevisionId" | "deletedAt"> & {
    services: (ServiceView & { hasCredentials: boolean })[];
    /** Null: it is not lent, or deleted. */
    lease: LeaseView | null;
    spec: ContainerSpec | null;
    /** Null while it is not known, as that of a guest that was not measured yet. */
    uptimeS: number | null;
    /** Newest first. */
    runs: RunSummary[];
    /** The newest hundred, newest first. */
    events: ContainerEventView[];
    /** The tag by which its guest is known as Homeport's. */
    marker: string;
  };

const RUNS = 50;

export async function getContainer(ctx: MemberContext, id: string): Promise<ContainerDetail> {
  const { row: container } = await owned(ctx, { noun: "container", id, permission: "container:read" }, detail);
  const [guests, templates, runs] = await Promise.all([
    readGuests(ctx.db, [container]),
    readTemplateNames(ctx.db, [container.templateRevisionId]),
    ctx.db.run.findMany({ where: { containerId: id }, select: runSummary, orderBy: { createdAt: "desc" }, take: RUNS }),
  ]);
  const guest = guests.get(id);
  const view = toContainerView(container, {
    guest,
    template: templates.get(container.templateRevisionId) ?? unknownTemplate,
    now: ctx.clock(),
  });
  const withCredentials = new Set(
    container.services.filter(({ credentials }) => credentials !== null).map(({ name }) => name),
  );
  return {
    ...view,
    services: view.services.map((service) => ({ ...service, hasCredentials: withCredentials.has(service.name) })),
    lease: container.lifecycle === "deleted" ? null : toLeaseView(container.lease, view.lease?.exempt ?? false),
    spec: ContainerSpec.safeParse(container.spec).data ?? null,
    uptimeS: guest === undefined || guest.replaced || guest.usage === null ? null : guest.uptimeS,
    createdBy: container.createdBy,
    templateRevisionId: container.templateRevisionId,
    runs: runs.map(toRunSummary),
    events: container.events.map(({ id: event, type, metadata, createdAt }) => ({
      id: String(event),
      event: readContainerEvent({ type, metadata }),
      createdAt,
    })),
    marker: ownershipTag(id),
    deletedAt: container.deletedAt,
  };
}
