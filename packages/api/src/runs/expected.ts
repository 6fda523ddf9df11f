// How long steps take, by what earlier ones of the same kind and template took.
import type { Db } from "@homeport/db/client";
import type { RunKind } from "@homeport/db/types";
import { shownSeconds } from "@homeport/domain/run/run-estimate";
import { isOfTemplate } from "@homeport/domain/run/run-kinds";

export interface Expected {
  /** Of a provision: the template's own measure, of everything in it. */
  templateSeconds: number | null;
  /** Medians by step's name, as they are shown. */
  stepSeconds: ReadonlyMap<string, number>;
}

/** Medians over the newest fifty of this person that went well: how long others' take is theirs to know, and their nodes are others. */
export async function readExpected(
  db: Db,
  { kind, templateRevisionId, userId }: { kind: RunKind; templateRevisionId: string; userId: string },
): Promise<Expected> {
  const [rows, templateSeconds] = await Promise.all([
    db.$queryRaw<{ name: string; seconds: number }[]>`
    WITH earlier AS (
      SELECT run."id"
      FROM "Run" AS run
      JOIN "Container" AS container ON container."id" = run."containerId"
      JOIN "TemplateRevision" AS revision ON revision."id" = container."templateRevisionId"
      WHERE run."userId" = ${userId}::uuid AND run."kind" = ${kind}::"RunKind" AND run."state" IN ('done', 'done_with_warnings') AND run."startedAt" IS NOT NULL AND run."endedAt" IS NOT NULL
        AND revision."templateId" = (SELECT "templateId" FROM "TemplateRevision" WHERE "id" = ${templateRevisionId}::uuid)
      ORDER BY run."createdAt" DESC LIMIT 50)
    SELECT step."name", percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM step."endedAt" - step."startedAt"))::float8 AS seconds
    FROM earlier JOIN "RunStep" AS step ON step."runId" = earlier."id"
    WHERE step."startedAt" IS NOT NULL AND step."endedAt" IS NOT NULL AND step."state" IN ('done', 'warning') GROUP BY step."name"`,
    isOfTemplate(kind) ? estimate(db, templateRevisionId) : null,
  ]);
  return { templateSeconds, stepSeconds: new Map(rows.map(({ name, seconds }) => [name, shownSeconds(seconds)])) };
}

async function estimate(db: Db, templateRevisionId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<
    { seconds: number | null }[]
  >`SELECT ("definition"->'estimate'->>'seconds')::float8 AS seconds FROM "TemplateRevision" WHERE "id" = ${templateRevisionId}::uuid`;
  return row?.seconds ?? null;
}
