// What a step would be tried with now, and what it was made with: the form of "edit and retry" begins here.
import { Prisma } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { editableAs, type StepEdit } from "@homeport/domain/run/step-edit";
import { EditableSpec, StoredStepEdit } from "@homeport/domain/stored/step-edit";
import { StoredTemplate } from "@homeport/domain/stored/template";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../context";
import { ContainerSpec } from "../containers/spec";
import { notFound } from "../access/not-found";
import { owned } from "../access/owned";
import { stepKind } from "./view";

export type StepInput =
  | { kind: "script"; script: string; original: string }
  | { kind: "packages"; packages: string[]; original: string[] }
  | { kind: "spec"; spec: EditableSpec; original: EditableSpec };

const select = {
  input: true,
  container: { select: { spec: true, templateRevision: { select: { definition: true } } } },
  steps: { select: { id: true, name: true, attempt: true } },
} as const;

/** Throws `conflict` for a step that takes no edit. */
export async function readStepInput(
  ctx: MemberContext,
  { id, step: name }: { id: string; step: string },
): Promise<StepInput> {
  const { row: run } = await owned(ctx, { noun: "run", id, permission: "run:read" }, select);
  const step = run.steps.find((one) => one.name === name);
  if (step === undefined) throw notFound("step");
  const { spec, templateRevision } = containerOf(run);
  switch (editableAs(stepKind(name))) {
    case undefined:
      throw new AppError(
        "run.nothing_to_edit",
        "There is nothing to edit about this step; it can be retried as it is.",
      );
    case "spec":
      return { kind: "spec", spec: EditableSpec.parse(spec), original: EditableSpec.parse(run.input) };
    case "script": {
      const original =
        StoredTemplate.parse(templateRevision.definition).scripts.find((script) => `script-${script.name}` === name)
          ?.content ?? "";
      const edit = await readEdit(ctx, step);
      return { kind: "script", original, script: edit && "script" in edit ? edit.script : original };
    }
    case "packages": {
      const { packagesOff } = ContainerSpec.parse(spec);
      const original = StoredTemplate.parse(templateRevision.definition)
        .packages.map((one) => one.name)
        .filter((one) => !packagesOff.includes(one));
      const edit = await readEdit(ctx, step);
      return { kind: "packages", original, packages: edit && "packages" in edit ? edit.packages : original };
    }
  }
}

/** The newest edit up to the attempt that the step is at; the worker reads the same (activities/records/attempts.ts). */
async function readEdit({ db }: MemberContext, step: { id: string; attempt: number }): Promise<StepEdit | undefined> {
  const row = await db.runAttempt.findFirst({
    where: { stepId: step.id, attempt: { lte: step.attempt }, edit: { not: Prisma.DbNull } },
    orderBy: { attempt: "desc" },
    select: { edit: true },
  });
  return row === null ? undefined : StoredStepEdit.parse(row.edit);
}
