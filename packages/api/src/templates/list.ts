// The templates that can be picked, each in its newest revision.
import { TemplateDefinition } from "@homeport/domain/template";
import type { MemberContext } from "../context";
import { countContainers } from "./count-containers";
import { toTemplateView, type TemplateView } from "./view";

export async function listTemplates(ctx: MemberContext): Promise<TemplateView[]> {
  const [templates, counts] = await Promise.all([
    ctx.db.template.findMany({ where: { retiredAt: null }, include: { revisions: { orderBy: { revision: "desc" }, take: 1 } } }),
    countContainers(ctx),
  ]);
  const views = templates.flatMap(({ id, revisions: [newest] }) => {
    if (!newest) return [];
    const { data: definition, error } = TemplateDefinition.safeParse(newest.definition);
    // One that an older Homeport stored and this one cannot read is no reason to show none.
    if (!definition) ctx.log({ id, path: "templates.list", error });
    return definition ? [toTemplateView({ id, revisionId: newest.id, revision: newest.revision, definition, containerCount: counts.get(id) ?? 0 })] : [];
  });
  return views.sort((a, b) => a.title.localeCompare(b.title));
}
