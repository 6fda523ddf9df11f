// Titles and icons of template revisions, without reading the scripts and files that are stored with them.
import type { Db } from "@homeport/db/client";
import type { TemplateName } from "./view";

/** By revision id. */
export async function readTemplateNames(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, TemplateName>> {
  const ids = [...new Set(revisionIds)];
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<(TemplateName & { id: string })[]>`
    SELECT revision."id", template."name", revision."revision", revision."definition"->>'title' AS title, revision."definition"->>'icon' AS icon
    FROM "TemplateRevision" AS revision JOIN "Template" AS template ON template."id" = revision."templateId"
    WHERE revision."id" = ANY(${ids}::uuid[])`;
  return new Map(rows.map(({ id, name, title, icon, revision }) => [id, { name, title, icon, revision }]));
}

export const unknownTemplate: TemplateName = { name: "", title: "", icon: "box", revision: 0 };
