// Every attempt of every step, kept for ever: how it went, and what a person had changed for it.
import { type Db, type DbOrTransaction, Prisma } from "@homeport/db/client";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import { StoredSpec } from "@homeport/domain/stored/spec";
import { StoredStepEdit } from "@homeport/domain/stored/step-edit";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import type { StepAt } from "../step-at";

/** A person changed the container's settings. */
export interface SpecChange {
  /** There when they chose another VMID; null: the next free one. */
  vmid?: number | null;
}

interface Attempt {
  runId: string;
  step: string;
}

/** The attempt that the step is at goes as its row says. */
export async function mirrorAttempt(within: DbOrTransaction, { runId, step }: Attempt): Promise<void> {
  await within.$executeRaw`
    INSERT INTO "RunAttempt" ("id", "runId", "stepId", "attempt", "state", "error", "detail", "startedAt", "endedAt")
    SELECT gen_random_uuid(), "runId", "id", "attempt", "state", "error", "detail", "startedAt", "endedAt"
    FROM "RunStep" WHERE "runId" = ${runId}::uuid AND "name" = ${step}
    ON CONFLICT ("stepId", "attempt") DO UPDATE
    SET "state" = EXCLUDED."state", "error" = EXCLUDED."error", "detail" = EXCLUDED."detail", "startedAt" = EXCLUDED."startedAt", "endedAt" = EXCLUDED."endedAt"`;
}

/** Puts the edit of the decision `key` where the step's next attempt finds it; changed settings go into the container's spec. Doing it twice changes nothing. */
export async function applyEdit(
  within: DbOrTransaction,
  { runId, step, attempt, key }: Attempt & { attempt: number; key: string },
): Promise<SpecChange | undefined> {
  const decision = await within.runDecision.findUnique({
    where: { runId_requestKey: { runId, requestKey: key } },
    select: { edit: true, run: { select: { containerId: true } } },
  });
  if (decision === null || decision.edit === null) return undefined;
  const edit = StoredStepEdit.parse(decision.edit);
  const row = await within.runStep.findUniqueOrThrow({
    where: { runId_name: { runId, name: step } },
    select: { id: true },
  });
  await within.runAttempt.upsert({
    where: { stepId_attempt: { stepId: row.id, attempt } },
    create: { runId, stepId: row.id, attempt, edit },
    update: { edit },
    select: { id: true },
  });
  if (!("spec" in edit)) return undefined;
  const containerId = containerIdOf(decision.run);
  const { spec } = await within.container.findUniqueOrThrow({ where: { id: containerId }, select: { spec: true } });
  // The API judged the edit; what is read here was decided.
  const changed = StoredSpec.parse({ ...StoredSpec.parse(spec), ...edit.spec });
  await within.container.update({
    where: { id: containerId },
    data: { spec: changed, hostname: changed.hostname },
    select: { id: true },
  });
  return edit.spec.vmid === undefined ? {} : { vmid: edit.spec.vmid };
}

/** What a person changed about this step, up to this attempt; null: nothing. */
export async function readEdit(db: Db, { runId, step, attempt }: StepAt): Promise<StepEdit | null> {
  const row = await db.runAttempt.findFirst({
    where: { runId, step: { name: step }, attempt: { lte: attempt }, edit: { not: Prisma.DbNull } },
    orderBy: { attempt: "desc" },
    select: { edit: true },
  });
  return row === null ? null : StoredStepEdit.parse(row.edit);
}
