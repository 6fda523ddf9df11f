// What a person sees of a template: the list needs little of the definition, the page all of it.
import { needsSsh, type TemplateDefinition } from "@homeport/domain/template/template";

export interface TemplateView {
  id: string;
  name: string;
  title: string;
  summary: string;
  icon: string;
  category: string;
  os: TemplateDefinition["os"];
  defaults: TemplateDefinition["defaults"];
  ports: TemplateDefinition["ports"];
  estimate: TemplateDefinition["estimate"];
  tags: string[];
  revisionId: string;
  revision: number;
  /** Live containers made from it, in the person's projects. */
  containerCount: number;
  scriptCount: number;
  packageCount: number;
  /** Something happens inside the container: only a node with SSH can make it. */
  needsSsh: boolean;
}

export interface TemplateDetail extends TemplateView {
  definition: TemplateDefinition;
  /** Newest first. */
  revisions: { revision: number; createdAt: Date; hash: string }[];
}

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
