// What a container is made from, read back as it was parsed when it was stored.
import type { DbOrTransaction } from "@homeport/db/client";
import { StoredSpec } from "@homeport/domain/stored/spec";
import { StoredTemplate } from "@homeport/domain/stored/template";
import type { Blueprint } from "../ports";

export async function readBlueprint(db: DbOrTransaction, containerId: string): Promise<Blueprint> {
  const { spec, templateRevision } = await db.container.findUniqueOrThrow({
    where: { id: containerId },
    select: { spec: true, templateRevision: { select: { definition: true } } },
  });
  return { spec: StoredSpec.parse(spec), template: StoredTemplate.parse(templateRevision.definition) };
}
