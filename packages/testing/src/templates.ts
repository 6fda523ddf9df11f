// A template that can be picked, with what a test says of it.
import { randomUUID } from "node:crypto";
import type { Db } from "@homeport/db/client";
import { TemplateDefinition } from "@homeport/domain/template/template";
import type { z } from "zod";

export type TemplateInput = z.input<typeof TemplateDefinition>;

/** A web server that installs one package and puts one file; without a script. */
export const webTemplate = {
  name: "web",
  title: "Web",
  summary: "A web server.",
  icon: "globe",
  category: "web",
  os: { family: "debian", version: "12" },
  defaults: { cores: 1, memoryMib: 256, swapMib: 0, diskGib: 2 },
  estimate: { seconds: 10, downloadMib: 1 },
  packages: [{ manager: "apt", name: "nginx" }],
  files: [{ target: "/etc/motd", content: "hello\n" }],
} satisfies TemplateInput;

export interface Offered {
  definition: TemplateDefinition;
  templateRevisionId: string;
}

/** Under a name of its own, unless one is given; `revision`: which number it has. */
export async function offerTemplate(db: Db, template: Partial<TemplateInput> = {}, revision = 1): Promise<Offered> {
  const definition = TemplateDefinition.parse({ ...webTemplate, name: `t-${randomUUID()}`, ...template });
  const { id } = await db.template.create({ data: { name: definition.name } });
  const { id: templateRevisionId } = await db.templateRevision.create({
    data: { templateId: id, revision, hash: randomUUID(), definition },
  });
  return { definition, templateRevisionId };
}
