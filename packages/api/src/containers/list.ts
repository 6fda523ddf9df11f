// The containers of a project, newest first.
import type { MemberContext } from "../context";
import { inProject } from "../access/owned";
import { readGuests } from "./guests";
import { readTemplateNames, unknownTemplate } from "./template-names";
import { containerView, toContainerView, type ContainerView } from "./view";

export async function listContainers(
  ctx: MemberContext,
  { projectId, includeDeleted = false }: { projectId: string; includeDeleted?: boolean | undefined },
): Promise<ContainerView[]> {
  const { db, clock } = ctx;
  const rows = await db.container.findMany({
    where: {
      AND: [await inProject(ctx, "container", { projectId, permission: "container:read" })],
      ...(includeDeleted ? {} : { lifecycle: { not: "deleted" } }),
    },
    select: containerView,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const [guests, templates] = await Promise.all([
    readGuests(db, rows),
    readTemplateNames(
      db,
      rows.map(({ templateRevisionId }) => templateRevisionId),
    ),
  ]);
  const now = clock();
  return rows.map((row) =>
    toContainerView(row, {
      guest: guests.get(row.id),
      template: templates.get(row.templateRevisionId) ?? unknownTemplate,
      now,
    }),
  );
}
