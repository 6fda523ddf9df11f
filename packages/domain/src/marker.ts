// How a guest says that Homeport made it, and for which container. Only the full match of one container counts.

/** A tag that Proxmox accepts (`[a-z0-9_][a-z0-9_+.-]*`), from the random end of the container's UUIDv7. */
export function markerTag(containerId: string): string {
  return `homeport-${containerId.replaceAll("-", "").slice(-12)}`;
}

/** The first line of the description; people may write below it. */
export function markerLine(containerId: string): string {
  return `Homeport container ${containerId}`;
}

export type Ownership = "ours" | "foreign" | "unmarked";

const LINE = /^Homeport container ([0-9a-f-]{36})\s*$/m;
const TAG = /^homeport-[0-9a-f]{12}$/;

/**
 * Whose guest a config describes. The description names the container in full and decides when it is there;
 * a description that a person rewrote leaves the tag, whose 48 random bits nobody has by chance.
 */
export function ownership(containerId: string, config: { tags?: string | undefined; description?: string | undefined }): Ownership {
  const named = LINE.exec(config.description ?? "")?.[1];
  if (named !== undefined) return named === containerId ? "ours" : "foreign";
  const tags = (config.tags ?? "").split(/[;, ]+/).filter((tag) => TAG.test(tag));
  if (tags.length === 0) return "unmarked";
  return tags.length === 1 && tags[0] === markerTag(containerId) ? "ours" : "foreign";
}
