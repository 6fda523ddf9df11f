// What a container is made from, read back as it was parsed when it was stored.
import type { DbOrTransaction } from "@homeport/db/client";
import { StoredSpec } from "@homeport/domain/stored/spec";
import { StoredTemplate } from "@homeport/domain/stored/template";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import type { Blueprint } from "../ports";

/** Revisions never change (the trigger template_revision_immutable): each is read and parsed once, those that were used last are kept. */
const MOST_REVISIONS = 50;
const revisions = new Map<string, TemplateDefinition>();

export async function readBlueprint(db: DbOrTransaction, containerId: string): Promise<Blueprint> {
  const { spec, templateRevisionId } = await db.container.findUniqueOrThrow({
    where: { id: containerId },
    select: { spec: true, templateRevisionId: true },
  });
  return { spec: StoredSpec.parse(spec), template: await readRevision(db, templateRevisionId) };
}

async function readRevision(db: DbOrTransaction, id: string): Promise<TemplateDefinition> {
  const template = revisions.get(id) ?? (await parseRevision(db, id));
  revisions.delete(id);
  revisions.set(id, template);
  const [oldest = ""] = revisions.keys();
  if (revisions.size > MOST_REVISIONS) revisions.delete(oldest);
  return template;
}

async function parseRevision(db: DbOrTransaction, id: string): Promise<TemplateDefinition> {
  const { definition } = await db.templateRevision.findUniqueOrThrow({ where: { id }, select: { definition: true } });
  return StoredTemplate.parse(definition);
}
