// The container's settings as a form holds them, and what of them changed as an edit.
import { changedFields, type EditableKey, editableKeys } from "@homeport/domain/container/fields";
import { EditableInput, type SpecEdit } from "@homeport/domain/run/step-edit";
import type { EditableSpec } from "@homeport/domain/stored/step-edit";
import { type DraftOf, fieldOf, fromDraft, problemText } from "@/features/container-form";

export type SpecDraft = DraftOf<EditableKey>;
export type SpecField = keyof SpecDraft;
export type SpecProblems = Partial<Record<SpecField, string>>;

/** The edit that turns `before` into the draft, only with what changed; or what is wrong, by input. */
export function toEdit(draft: SpecDraft, before: EditableSpec): { edit: SpecEdit } | { problems: SpecProblems } {
  const whole = EditableInput.safeParse(fromDraft(draft, editableKeys));
  if (whole.success) return { edit: changedFields(before, whole.data) };
  return {
    problems: Object.fromEntries(
      whole.error.issues.toReversed().flatMap((issue) => {
        const field = fieldOf(issue.path.join("."));
        return field === undefined ? [] : [[field, problemText(field, issue)]];
      }),
    ),
  };
}

const WITHIN = "edit.spec.";

/** The server's messages at the form's inputs: "edit.spec.network.gateway" is shown at `gateway`. What fits none is left out. */
export function placeProblems(fields: Readonly<Record<string, string>>): SpecProblems {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, text]) => {
      const field = path.startsWith(WITHIN) ? fieldOf(path.slice(WITHIN.length)) : undefined;
      return field === undefined ? [] : [[field, text]];
    }),
  );
}
