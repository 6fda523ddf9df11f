// Sensible values for what a person has not decided: from the template, from what the node offers, and from what is there.
import type { NodeInventory } from "@homeport/domain/node/node-report";
import { fitsOs, type TemplateDefinition } from "@homeport/domain/template/template";
import { emptyDraft, type Draft, type DraftField, toDraft } from "./draft";

export interface Known {
  template:
    | { name: string; revisionId: string; os: TemplateDefinition["os"]; defaults: TemplateDefinition["defaults"] }
    | undefined;
  node: { id: string } | undefined;
  inventory: NodeInventory | undefined;
  /** Hostnames that are taken on the node. */
  hostnames: readonly string[];
}

export type Suggestions = Partial<Draft>;

export function suggest({ template, node, inventory, hostnames }: Known): Suggestions {
  return {
    ...(template
      ? {
          templateName: template.name,
          templateRevisionId: template.revisionId,
          hostname: freeHostname(template.name, hostnames),
          ...toDraft(template.defaults),
        }
      : {}),
    ...(node ? { nodeId: node.id } : {}),
    ...(inventory ? { storage: roomiest(inventory)?.name ?? "", bridge: inventory.bridges[0]?.name ?? "" } : {}),
    ...(inventory && template
      ? { osTemplate: newestFitting(template.os, inventory) ?? newestDownload(template.os, inventory) ?? "" }
      : {}),
  };
}

/** "nginx", "nginx-2", … the first that nobody has. */
export function freeHostname(base: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!used.has(name)) return name;
  }
}

function roomiest({ storages }: NodeInventory): NodeInventory["storages"][number] | undefined {
  return storages
    .filter(({ forContainers }) => forContainers)
    .toSorted((a, b) => b.availableBytes - a.availableBytes)[0];
}

/** The newest image that the template is made for; file names carry their version, so the last in natural order. */
function newestFitting(os: TemplateDefinition["os"], { osTemplates }: NodeInventory): string | undefined {
  return newest(osTemplates.map(({ volid }) => volid).filter((volid) => fitsOs(os, volid)));
}

function newestDownload(os: TemplateDefinition["os"], inventory: NodeInventory): string | undefined {
  return newest(downloadable(inventory).filter((volid) => fitsOs(os, volid)));
}

/** Images that the node would fetch first, named as they will be once they are there. */
export function downloadable({ storages, osTemplates, downloads }: NodeInventory): string[] {
  const storage = storages.find(({ forTemplates }) => forTemplates)?.name;
  if (storage === undefined) return [];
  const there = new Set(osTemplates.map(({ volid }) => volid.split("/").at(-1)));
  return downloads.filter((file) => !there.has(file)).map((file) => `${storage}:vztmpl/${file}`);
}

function newest(volids: readonly string[]): string | undefined {
  const natural = new Intl.Collator("en", { numeric: true });
  return volids.toSorted((a, b) => natural.compare(a, b)).at(-1);
}

/**
 * Puts new suggestions where the person has typed nothing of their own: the field is as it was suggested before, or as it
 * is in an empty draft. What they typed stays.
 */
export function applySuggestions(draft: Draft, earlier: Suggestions, next: Suggestions): Draft {
  const changed = (Object.keys(next) as DraftField[]).filter((field) => {
    const suggested = next[field];
    return (
      suggested !== undefined &&
      suggested !== draft[field] &&
      (draft[field] === earlier[field] || (earlier[field] === undefined && draft[field] === emptyDraft[field]))
    );
  });
  return changed.length === 0
    ? draft
    : { ...draft, ...Object.fromEntries(changed.map((field) => [field, next[field]])) };
}
