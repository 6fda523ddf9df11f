// One template with everything it will do, and its history.
import { AppError } from "@homeport/domain/error";
import { StoredTemplate } from "@homeport/domain/stored/template";
import type { MemberContext } from "../context";
import { notFound } from "../access/not-found";
import { countContainers } from "./count-containers";
import { shownText } from "./shown-file";
import { revisionView, toTemplateView, type TemplateDetail } from "./view";

export async function getTemplate(ctx: MemberContext, name: string): Promise<TemplateDetail> {
  const template = await ctx.db.template.findUnique({
    where: { name },
    select: {
      id: true,
      revisions: { orderBy: { revision: "desc" }, select: revisionView },
    },
  });
  const [newest] = template?.revisions ?? [];
  if (!template || !newest) throw notFound("template");
  const { id: revisionId, definition: stored } = await ctx.db.templateRevision.findUniqueOrThrow({
    where: { templateId_revision: { templateId: template.id, revision: newest.revision } },
  });
  const { data, error } = StoredTemplate.safeParse(stored);
  if (!data)
    throw new AppError(
      "template.unreadable",
      `Revision ${newest.revision} of the template ${name} was stored by another version of Homeport, and this one cannot read it.`,
      { cause: error },
    );
  // The bytes of a binary file are no text: what is known of them is.
  const definition = { ...data, files: data.files.map((file) => ({ ...file, content: shownText(file) })) };
  const counts = await countContainers(ctx);
  const view = toTemplateView({
    id: template.id,
    revisionId,
    revision: newest.revision,
    definition,
    containerCount: counts.get(template.id) ?? 0,
  });
  return { ...view, definition, revisions: template.revisions };
}
