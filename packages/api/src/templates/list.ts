// The templates that can be picked, each in its newest revision; and those that cannot, with the reason.
import { StoredTemplate } from "@homeport/domain/stored/template";
import type { MemberContext } from "../context";
import { countContainers } from "./count-containers";
import { toTemplateView, type TemplateView } from "./view";

export async function listTemplates(ctx: MemberContext): Promise<TemplateView[]> {
  const [templates, counts] = await Promise.all([newestOfEach(ctx), countContainers(ctx)]);
  const views = templates.flatMap(({ id, revisions: [newest] }) => {
    if (!newest) return [];
    const { data: definition, error } = StoredTemplate.safeParse(newest.definition);
    // One that an older Homeport stored and this one cannot read is no reason to show none.
    if (!definition) ctx.log({ id, path: "templates.list", error });
    return definition
      ? [
          toTemplateView({
            id,
            revisionId: newest.id,
            revision: newest.revision,
            definition,
            containerCount: counts.get(id) ?? 0,
          }),
        ]
      : [];
  });
  return views.sort((a, b) => a.title.localeCompare(b.title));
}

export interface TemplateTrouble {
  name: string;
  /** What is wrong, a line each, by file and line of the templates folder. */
  reason: string;
  /** An earlier revision is offered meanwhile. */
  offered: boolean;
}

/** Templates whose folder, or whose stored revision, cannot be read. */
export async function listTemplateTroubles(ctx: MemberContext): Promise<TemplateTrouble[]> {
  const troubles = (await newestOfEach(ctx)).flatMap(({ name, problem, revisions: [newest] }) => {
    const readable = newest !== undefined && StoredTemplate.safeParse(newest.definition).success;
    if (problem !== null) return [{ name, reason: problem, offered: readable }];
    return newest === undefined || readable
      ? []
      : [
          {
            name,
            reason: `Its revision ${newest.revision} was stored by another version of Homeport, and this one cannot read it.`,
            offered: false,
          },
        ];
  });
  return troubles.sort((a, b) => a.name.localeCompare(b.name));
}

const newestOfEach = ({ db }: MemberContext) =>
  db.template.findMany({
    where: { retiredAt: null },
    include: { revisions: { orderBy: { revision: "desc" }, take: 1 } },
  });
