// How a guest says that Homeport made it, and for which container. Only the full match of one container counts.

/** A tag that Proxmox accepts (`[a-z0-9_][a-z0-9_+.-]*`), from the random end of the container's UUIDv7. */
export function ownershipTag(containerId: string): string {
  return `homeport-${containerId.replaceAll("-", "").slice(-12)}`;
}

/** The first line of the description; people may write below it. */
export function ownershipLine(containerId: string): string {
  return `Homeport container ${containerId}`;
}

/** The whole note: whose container it is, and which Homeport made it. Guests from before have the first line only. */
export function ownershipNote(containerId: string, installationId: string): string {
  return `${ownershipLine(containerId)}\nHomeport installation ${installationId}\n`;
}

export type Ownership = "ours" | "foreign" | "unmarked";

interface TaggedConfig {
  tags?: string | undefined;
  description?: string | undefined;
}

const LINE = /^Homeport container ([0-9a-f-]{36})\s*$/m;
const INSTALLATION = /^Homeport installation ([0-9a-f-]{36})\s*$/m;
const TAG = /^homeport-[0-9a-f]{12}$/;

/**
 * Whose guest a config describes. The description names the container in full and decides when it is there;
 * a description that a person rewrote leaves the tag, whose 48 random bits nobody has by chance.
 */
export function ownership(containerId: string, config: TaggedConfig): Ownership {
  const named = LINE.exec(config.description ?? "")?.[1];
  if (named !== undefined) return named === containerId ? "ours" : "foreign";
  const tags = ownershipTags(config.tags);
  if (tags.length === 0) return "unmarked";
  return tags.length === 1 && tags[0] === ownershipTag(containerId) ? "ours" : "foreign";
}

export interface OwnershipTag {
  /** The container that made it; null where only the tag is left. */
  containerId: string | null;
  tag: string | null;
  /** The Homeport that made it; null on guests from before it was written. */
  installationId: string | null;
}

/** What a guest says about who made it; null when it carries no tag of any Homeport. */
export function readOwnershipTag({ tags, description }: TaggedConfig): OwnershipTag | null {
  const containerId = LINE.exec(description ?? "")?.[1] ?? null;
  const tag = ownershipTags(tags)[0] ?? null;
  if (containerId === null && tag === null) return null;
  return { containerId, tag, installationId: INSTALLATION.exec(description ?? "")?.[1] ?? null };
}

/** The ownership tags among a guest's tags, as a list of guests shows them. */
export function ownershipTags(tags: string | null | undefined): string[] {
  return tagsIn(tags).filter((tag) => TAG.test(tag));
}

/** Whether a guest carries this tag, as a list of guests or its configuration has them. */
export function hasTag(tags: string | null | undefined, tag: string): boolean {
  return tagsIn(tags).includes(tag);
}

const tagsIn = (tags: string | null | undefined): string[] => (tags ?? "").toLowerCase().split(/[;, ]+/);
