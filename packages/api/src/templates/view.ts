// What a person sees of a template: the list needs little of the definition, the page all of it.
import type { Prisma } from "@homeport/db/client";
import { needsSsh, type TemplateDefinition } from "@homeport/domain/template/template";

type Shown = "name" | "title" | "summary" | "icon" | "category" | "os" | "defaults" | "ports" | "estimate" | "tags";

export type TemplateView = Pick<TemplateDefinition, Shown> & {
  id: string;
  revisionId: string;
  revision: number;
  /** Live containers made from it, in the person's projects. */
  containerCount: number;
  scriptCount: number;
  packageCount: number;
  /** Something happens inside the container: only a node with SSH can make it. */
  needsSsh: boolean;
};

/** Of a revision in its template's history. */
export const revisionView = {
  revision: true,
  createdAt: true,
  hash: true,
} as const satisfies Prisma.TemplateRevisionSelect;

export type TemplateDetail = TemplateView & {
  definition: TemplateDefinition;
  /** Newest first. */
  revisions: Prisma.TemplateRevisionGetPayload<{ select: typeof revisionView }>[];
};

export function toTemplateView(row: {
  id: string;
  revisionId: string;
  revision: number;
  definition: TemplateDefinition;
  containerCount: number;
}): TemplateView {
  const { name, title, summary, icon, category, os, defaults, ports, estimate, tags, scripts, packages } =
    row.definition;
  const { id, revisionId, revision, containerCount } = row;
  return {
    id,
    name,
    title,
    summary,
    icon,
    category,
    os,
    defaults,
    ports,
    estimate,
    tags,
    revisionId,
    revision,
    containerCount,
    scriptCount: scripts.length,
    packageCount: packages.length,
    needsSsh: needsSsh(row.definition),
  };
}
