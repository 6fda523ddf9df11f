// What a person changed about a step, as it is read back.
import { z } from "zod";
import { editableFields, type StepEdit } from "../run/step-edit";
import { storedDocument } from "./document";
import { SpecForm } from "./spec";
import { withoutDefaults } from "./without-defaults";

/** The part of a stored spec that can be edited. */
export const EditableSpec = storedDocument(SpecForm.pick(editableFields));
export type EditableSpec = z.output<typeof EditableSpec>;

/** Without the defaults: what is absent was not changed. */
export const StoredStepEdit = storedDocument(
  z.union([
    z.object({ script: z.string() }),
    z.object({ packages: z.array(z.string()) }),
    z.object({ spec: z.object(withoutDefaults(SpecForm.pick(editableFields).shape)).partial() }),
  ]) satisfies z.ZodType<StepEdit>,
);
