// A draft from what another run was made with: "with changes".
import type { RunInput } from "@homeport/api";
import { type Draft, freeHostname, type Suggestions, toDraft } from "@/features/container-form";

/** A hostname that is taken meanwhile becomes the next free one. The template is its newest revision, where it is still offered. */
export function draftFromRun({ input, templateName, currentRevisionId }: RunInput, taken: readonly string[]): Draft {
  return {
    ...toDraft(input),
    templateName,
    templateRevisionId: currentRevisionId ?? input.templateRevisionId,
    hostname: freeHostname(input.hostname, taken),
  };
}

/** As if something else had been suggested for every field: then each counts as decided, and no suggestion replaces it. */
export function decided(draft: Draft): Suggestions {
  return Object.fromEntries(Object.entries(draft).map(([field, value]) => [field, otherValue(value)]));
}

function otherValue(value: Draft[keyof Draft]): Draft[keyof Draft] {
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value} ` : value;
}
