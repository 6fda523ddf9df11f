// What an input is called, in what it counts, and what it stands for when it is empty.
import { entryOf, fields, isField } from "@homeport/domain/container/fields";
import { networkInputs } from "@homeport/domain/container/network-form";
import type { DraftField } from "./draft";

interface AboutInput {
  label: string;
  unit?: string;
  empty?: string;
  numeric: boolean;
}

export function aboutInput(name: DraftField): AboutInput {
  if (name === "templateName") return { label: fields.templateRevisionId.label, numeric: false };
  if (!isField(name)) return { ...networkInputs[name], numeric: false };
  return { ...entryOf(name), numeric: entryOf(name).kind === "whole" };
}
