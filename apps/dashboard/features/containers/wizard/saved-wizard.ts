// What the browser keeps of an unfinished wizard: for this tab only, until the container is asked for.
import { z } from "zod";
import { Draft, emptyDraft } from "./draft";
import type { Suggestions } from "./suggest";

const Saved = z.object({
  draft: Draft,
  suggested: Draft.partial(),
  /** Made once per wizard: a second click, a reload and a retry all ask for the same container. */
  requestKey: z.uuid(),
  againOfId: z.uuid().nullable().default(null),
});

export interface SavedWizard {
  draft: Draft;
  suggested: Suggestions;
  requestKey: string;
  /** The run that it began from: "with changes". */
  againOfId: string | null;
}

const KEY = "homeport:new-container";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** A new one when nothing is kept, or nothing that this version understands. */
export function readWizard(store: Store, newKey: () => string): SavedWizard {
  const fresh: SavedWizard = { draft: emptyDraft, suggested: {}, requestKey: newKey(), againOfId: null };
  try {
    const saved = Saved.safeParse(JSON.parse(store.getItem(KEY) ?? "null"));
    return saved.success ? (saved.data as SavedWizard) : fresh; // zod writes optional as "or undefined"; none of ours is
  } catch {
    return fresh;
  }
}

export function saveWizard(store: Store, wizard: SavedWizard): void {
  try {
    store.setItem(KEY, JSON.stringify(wizard));
  } catch {
    // A browser that keeps nothing (full, or forbidden) loses only the reload.
  }
}

export function forgetWizard(store: Store): void {
  store.removeItem(KEY);
}
