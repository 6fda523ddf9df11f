// The runs of a project, newest first, a page at a time.
import type { RunState } from "@homeport/db/types";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../context";
import { readTemplateNames, unknownTemplate } from "../containers/template-names";
import { inProject } from "../access/owned";
import { runSummary, toRunSummary, type RunView } from "./view";

interface Asked {
  projectId: string;
  containerId?: string | undefined;
  state?: RunState | undefined;
  limit: number;
  cursor?: string | null | undefined;
}

/** Ids are UUIDv7: their order is the order of creation, and one is a cursor. */
export async function listRuns(
  ctx: MemberContext,
  { projectId, containerId, state, limit, cursor }: Asked,
): Promise<{ items: RunView[]; nextCursor: string | null }> {
  const { db } = ctx;
  const rows = await db.run.findMany({
    where: {
      AND: [await inProject(ctx, "run", { projectId, permission: "run:read" })],
      ...(containerId === undefined ? {} : { containerId }),
      ...(state === undefined ? {} : { state }),
      ...(cursor === null || cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    select: runSummary,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const names = await readTemplateNames(
    db,
    page.map((run) => containerOf(run).templateRevisionId),
  );
  const items = page.map((row) => {
    const { name, title } = names.get(containerOf(row).templateRevisionId) ?? unknownTemplate;
    return { ...toRunSummary(row), template: { name, title } };
  });
  return { items, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
