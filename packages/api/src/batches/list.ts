// The batches of a project, newest first.
import { readTemplateNames, unknownTemplate } from "../containers/template-names";
import type { MemberContext } from "../context";
import { inProject } from "../access/owned";
import { batchSummary, toBatchSummary, type BatchSummary } from "./view";

export async function listBatches(
  ctx: MemberContext,
  { projectId, limit, cursor }: { projectId: string; limit: number; cursor?: string | null | undefined },
): Promise<{ items: BatchSummary[]; nextCursor: string | null }> {
  const { db } = ctx;
  const rows = await db.batch.findMany({
    where: {
      AND: [await inProject(ctx, "batch", { projectId, permission: "run:read" })],
      ...(cursor === null || cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    select: batchSummary,
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const names = await readTemplateNames(
    db,
    page.map(({ templateRevisionId }) => templateRevisionId),
  );
  const items = page.map((row) => toBatchSummary(row, names.get(row.templateRevisionId) ?? unknownTemplate));
  return { items, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
