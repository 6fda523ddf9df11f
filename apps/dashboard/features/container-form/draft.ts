// A container as it is being decided: everything as typed, so that nothing is lost between the steps or by a reload.
import { type ContainerSpec, CreateContainerInput } from "@homeport/domain/container/container-input";
import {
  emptyForm,
  type FieldKey,
  fieldKeys,
  fields,
  entryOf,
  type FormValues,
  fromForm,
  isField,
  toForm,
} from "@homeport/domain/container/fields";
import { NetworkForm, networkInput } from "@homeport/domain/container/network-form";
import { z } from "zod";

type PlainKey = Exclude<FieldKey, "network">;
const held = Object.fromEntries(fieldKeys.filter((key) => key !== "network").map((key) => [key, fields[key].held])) as {
  [Key in PlainKey]: (typeof fields)[Key]["held"];
}; // by the table

/** The inputs of the network stand beside the others. */
export const Draft = z.object({ templateName: z.string(), ...held, ...NetworkForm.shape });
export type Draft = z.infer<typeof Draft>;
export type DraftField = keyof Draft;
/** The inputs of some fields. */
export type DraftOf<Key extends FieldKey> = Pick<
  Draft,
  Exclude<Key, "network"> | ("network" extends Key ? keyof NetworkForm : never)
>;

const beside = ({ network, ...plain }: Partial<FormValues>) => ({ ...plain, ...network });
export const emptyDraft = { templateName: "", ...beside(emptyForm) } as Draft; // every field is in an empty form

export function toDraft<Key extends FieldKey>(spec: Pick<ContainerSpec, Key>): DraftOf<Key> {
  return beside(toForm(spec)) as DraftOf<Key>; // of the same keys
}

/** What the inputs of these fields hold, not checked yet; numbers that are none are left for the schema to refuse. */
export function fromDraft<Key extends FieldKey>(draft: DraftOf<Key>, keys: readonly Key[]): Pick<ContainerSpec, Key> {
  const held = keys.map((key) => [key, key === "network" ? draft : draft[key as keyof DraftOf<Key>]]);
  return fromForm(Object.fromEntries(held) as Pick<FormValues, Key>); // of the same keys
}

/** The input that the API takes, not checked yet. */
export function toInput(draft: Draft) {
  return fromDraft(draft, fieldKeys) satisfies CreateContainerInput;
}

/** The draft's field that an input path of the API belongs to: "network.gateway" → "gateway", "tags.0" → "tags". */
export function fieldOf(path: string): DraftField | undefined {
  const [head = "", ...rest] = path.split(".");
  if (head === "network") return networkInput(rest);
  return head in emptyDraft ? (head as DraftField) : undefined;
}

export type DraftProblems = Partial<Record<DraftField, string>>;

/** What a schema says against a field, for the person who typed it. */
export function problemText(field: DraftField, { code, message }: { code: string; message: string }): string {
  if (isField(field) && entryOf(field).kind === "whole" && code === "invalid_type") return "A whole number.";
  return field === "templateRevisionId" ? "Choose a template." : message;
}

/** What the API's own schema says against the draft, by field; empty when it would be taken. */
export function problemsOf(draft: Draft): DraftProblems {
  const problems: DraftProblems = {};
  for (const issue of CreateContainerInput.safeParse(toInput(draft)).error?.issues ?? []) {
    const field = fieldOf(issue.path.join("."));
    if (field) problems[field] ??= problemText(field, issue);
  }
  return problems;
}

/** The fields of the API's refusal as the draft's. */
export function fromServer(fields: Readonly<Record<string, string>>): DraftProblems {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) => {
      const field = fieldOf(path);
      return field ? [[field, message]] : [];
    }),
  );
}
