// What the browser keeps of an unfinished wizard: for this tab and this person only, until the container is asked for.
import { z } from "zod";
import { newRequestKey } from "../../../lib/requests/new-key";
import { WIZARD_KEY } from "@/lib/wizard-store";
import { Draft, emptyDraft, type Suggestions } from "@/features/container-form";
import { uuid } from "@homeport/domain/text/uuid";

const Saved = z.object({
  person: uuid(),
  draft: Draft,
  suggested: Draft.partial(),
  /** What was asked for last, and under which key: the same again, after a lost answer or a reload, is the same click. */
  sent: z.object({ content: z.string(), key: uuid() }).nullable(),
  againOfId: uuid().nullable().default(null),
});

export interface SavedWizard {
  draft: Draft;
  suggested: Suggestions;
  sent: { content: string; key: string } | null;
  /** The run that it began from: "with changes". */
  againOfId: string | null;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** A new one when nothing is kept, or nothing that this version understands. What another person left is taken away. */
export function readWizard(store: Store, person: string): SavedWizard {
  const fresh: SavedWizard = { draft: emptyDraft, suggested: {}, sent: null, againOfId: null };
  try {
    const saved = Saved.safeParse(JSON.parse(store.getItem(WIZARD_KEY) ?? "null"));
    if (saved.success && saved.data.person === person) return saved.data as SavedWizard & { person: string }; // zod writes optional as "or undefined"; none of ours is
    store.removeItem(WIZARD_KEY);
    return fresh;
  } catch {
    return fresh;
  }
}

export function saveWizard(store: Store, person: string, wizard: SavedWizard): void {
  try {
    store.setItem(WIZARD_KEY, JSON.stringify({ person, ...wizard }));
  } catch {
    // A browser that keeps nothing (full, or forbidden) loses only the reload.
  }
}

/** The key under which `input` is asked for: a changed draft is a new intention, also in a tab that was duplicated with this one's storage. */
export function sentAs(sent: SavedWizard["sent"], input: unknown): { content: string; key: string } {
  const content = JSON.stringify(input);
  return sent?.content === content ? sent : { content, key: newRequestKey() };
}
