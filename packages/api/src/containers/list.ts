// The containers of a project, newest first.
import type { MemberContext } from "../context";
import { inProject } from "../access/owned";
import { withDates } from "../transformer";
import { readContainers } from "./read-rows";
import { toContainerView, type ContainerView } from "./view";

export async function listContainers(
  ctx: MemberContext,
  { projectId, includeDeleted = false }: { projectId: string; includeDeleted?: boolean | undefined },
): Promise<ContainerView[]> {
  const containers = await readContainers(ctx.db, {
    AND: [await inProject(ctx, "container", { projectId, permission: "container:read" })],
    ...(includeDeleted ? {} : { lifecycle: { not: "deleted" } }),
  });
  const now = ctx.clock();
  return withDates(
    containers.map(({ row, ...seen }) => toContainerView(row, { ...seen, now })),
    ["createdAt", "seenAt"],
  );
}
