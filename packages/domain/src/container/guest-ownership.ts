// Whose a guest is, by what the node's list says of it: by its tag, never by its number or its name.
import { ownershipTag, ownershipTags } from "./ownership-tag";

export interface ListedGuest {
  /** "lxc" or "qemu". */
  kind: string;
  name: string | null;
  tags: string | null;
}

/** What was found in the configuration of a guest without our tag; `holder` is empty when its note says that it is ours after all. */
export interface ReadOwner {
  signature: string;
  holder: string | null;
}

/** `unread`: it bears no tag of ours, and nobody has read its configuration yet. */
export type Whose = { whose: "ours" } | { whose: "unread" } | { whose: "other"; holder: string };

export function whoseGuest(containerId: string, guest: ListedGuest, read: ReadOwner | null): Whose {
  if (guest.kind !== "lxc") return { whose: "other", holder: "a virtual machine" };
  const tags = ownershipTags(guest.tags);
  if (tags.includes(ownershipTag(containerId))) return { whose: "ours" };
  if (read?.signature === guestSignature(guest))
    return read.holder === null ? { whose: "ours" } : { whose: "other", holder: read.holder };
  return tags.length > 0 ? { whose: "other", holder: "another container of Homeport's" } : { whose: "unread" };
}

/** Another guest, or the same one with other tags or another name, is read anew. */
export function guestSignature({ kind, name, tags }: ListedGuest): string {
  return JSON.stringify([kind, name ?? "", tags ?? ""]);
}

/** A guest may be exchanged for one of the same name: what was read counts for so long. */
export const OWNER_READ_COUNTS_MS = 30 * 60_000;
