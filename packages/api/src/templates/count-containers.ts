// How many live containers the person can see of each template.
import type { MemberContext } from "../context";
import { projectsWith } from "../access/projects";

export async function countContainers({ db, projects }: MemberContext): Promise<ReadonlyMap<string, number>> {
  const projectIds = projectsWith(await projects(), "container:read");
  const rows = await db.$queryRaw<{ templateId: string; count: number }[]>`
    SELECT revision."templateId", count(*)::int AS count
    FROM "Container" AS container JOIN "TemplateRevision" AS revision ON revision."id" = container."templateRevisionId"
    WHERE container."projectId" = ANY(${projectIds}::uuid[]) AND container."lifecycle" <> 'deleted'
    GROUP BY revision."templateId"`;
  return new Map(rows.map(({ templateId, count }) => [templateId, count]));
}
