// How long a run and its steps take, by what earlier ones of the same kind and template took.
import type { Db } from "@homeport/db/client";
import type { RunKind } from "@homeport/db/types";

export interface Expected {
  runSeconds: number | null;
  stepSeconds: ReadonlyMap<string, number>;
}

/** Medians over the newest fifty that went well; for a provision without any, the template's own estimate. */
export async function readExpected(db: Db, { kind, templateRevisionId }: { kind: RunKind; templateRevisionId: string }): Promise<Expected> {
  const rows = await db.$queryRaw<{ name: string | null; seconds: number }[]>`
    WITH earlier AS (
      SELECT run."id", run."startedAt", run."endedAt"
      FROM "Run" AS run
      JOIN "Container" AS container ON container."id" = run."containerId"
      JOIN "TemplateRevision" AS revision ON revision."id" = container."templateRevisionId"
      WHERE run."kind" = ${kind}::"RunKind" AND run."state" IN ('done', 'done_with_warnings') AND run."startedAt" IS NOT NULL AND run."endedAt" IS NOT NULL
        AND revision."templateId" = (SELECT "templateId" FROM "TemplateRevision" WHERE "id" = ${templateRevisionId}::uuid)
      ORDER BY run."createdAt" DESC LIMIT 50)
    SELECT NULL AS name, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM earlier."endedAt" - earlier."startedAt"))::float8 AS seconds
    FROM earlier HAVING count(*) > 0
    UNION ALL
    SELECT step."name", percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM step."endedAt" - step."startedAt"))::float8
    FROM earlier JOIN "RunStep" AS step ON step."runId" = earlier."id"
    WHERE step."startedAt" IS NOT NULL AND step."endedAt" IS NOT NULL GROUP BY step."name"`;
  const whole = rows.find(({ name }) => name === null)?.seconds;
  return {
    runSeconds: whole ?? (kind === "provision" ? await estimate(db, templateRevisionId) : null),
    stepSeconds: new Map(rows.flatMap(({ name, seconds }) => (name === null ? [] : [[name, seconds] as const]))),
  };
}

async function estimate(db: Db, templateRevisionId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ seconds: number | null }[]>`SELECT ("definition"->'estimate'->>'seconds')::float8 AS seconds FROM "TemplateRevision" WHERE "id" = ${templateRevisionId}::uuid`;
  return row?.seconds ?? null;
}
