// What a person may change about a step before it is tried again; kept as part of the run's record.
import "../text/input-messages";
import { z } from "zod";
import { CreateContainerInput } from "../container/container-input";
import { type EditableKey, editableKeys } from "../container/fields";
import type { StepKind } from "./run-plan";
import { cleanScript } from "./script-text";
import { withoutDefaults } from "../stored/without-defaults";
import { MOST_CONTENT_BYTES, TemplatePackage } from "../template/template";

/** Every input of the create call: whatever Proxmox refuses can be changed before the container exists. */
export const editableFields = Object.fromEntries(editableKeys.map((key) => [key, true])) as Record<EditableKey, true>;

/** All of it, as the form sends it. */
export const EditableInput = CreateContainerInput.pick(editableFields);
/** Without the defaults: what is absent stays as it is. */
export const SpecEdit = z.strictObject(withoutDefaults(EditableInput.shape)).partial();
export type SpecEdit = z.output<typeof SpecEdit>;

/** As it can be run: what an editor on Windows adds is taken away. */
const Script = z
  .string()
  .max(MOST_CONTENT_BYTES, `At most ${MOST_CONTENT_BYTES / 1024} KiB.`)
  .overwrite((source) => {
    const script = cleanScript(source);
    return "text" in script ? script.text : source;
  })
  .min(1, "An empty script does nothing.")
  .superRefine((source, context) => {
    const script = cleanScript(source);
    if ("why" in script) context.addIssue({ code: "custom", message: `Line ${script.line} has ${script.why}` });
  });

export type StepEdit = { script: string } | { packages: string[] } | { spec: SpecEdit };

/** One object rather than a union, so that what is wrong keeps its path: a union says of all its members that none fits. */
export const StepEdit = z
  .strictObject({
    script: Script,
    packages: z.array(TemplatePackage.shape.name).max(200),
    spec: SpecEdit,
  })
  .partial()
  .superRefine((edit, context) => {
    if (Object.values(edit).filter((part) => part !== undefined).length !== 1)
      context.addIssue({
        code: "custom",
        message: "An edit is of a script, of packages, or of the container's settings.",
      });
  })
  .transform((edit) => edit as StepEdit); // exactly one of the three is there

const editable: Partial<Record<StepKind, "script" | "packages" | "spec">> = {
  script: "script",
  packages: "packages",
  create: "spec",
  reserve: "spec",
};

/** Which shape of edit this step takes; `undefined`: there is nothing to edit about it. */
export function editableAs(kind: StepKind | null): "script" | "packages" | "spec" | undefined {
  return kind === null ? undefined : editable[kind];
}

/** Why this edit does not fit this step; `undefined` when it does. */
export function whyNotEdit(edit: StepEdit, kind: StepKind | null): string | undefined {
  const wanted = editableAs(kind);
  if (wanted === undefined) return "There is nothing to edit about this step; it can be retried as it is.";
  return wanted in edit
    ? undefined
    : `This step takes an edit of its ${wanted === "spec" ? "container's settings" : wanted}.`;
}
