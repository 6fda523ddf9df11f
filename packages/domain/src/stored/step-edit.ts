// What a person changed about a step, as it is read back.
import { z } from "zod";
import { editableFields, type StepEdit } from "../run/step-edit";
import { storedDocument } from "./document";
import { specForm, SpecForm } from "./spec";

/** The part of a stored spec that can be edited. */
export const EditableSpec = storedDocument(SpecForm.pick(editableFields));
export type EditableSpec = z.output<typeof EditableSpec>;

/** Without the defaults: what is absent was not changed. */
export const StoredStepEdit = storedDocument(
  z.union([
    z.object({ script: z.string() }),
    z.object({ packages: z.array(z.string()) }),
    z.object({ spec: z.object(specForm).pick(editableFields).partial() }),
  ]) satisfies z.ZodType<StepEdit>,
);
