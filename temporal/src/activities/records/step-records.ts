// How a step's row begins and ends. Each may be written twice.
import { type DbOrTransaction, Prisma } from "@homeport/db/client";
import { readStepDetail, type StepDetailCode } from "@homeport/domain/run/step-detail";
import { cut } from "../failures";
import { mirrorAttempt } from "./attempts";
import { actOn } from "./decision-records";

export interface StepEnded {
  step: string;
  state: "done" | "warning" | "failed" | "skipped";
  detail?: StepDetailCode;
  warnings?: number;
  error?: string;
  /** Of the decision to skip it. */
  key?: string;
  /** There was nothing left to do when it would have begun: both are written now. */
  unbegun?: true;
}

/** In their order. One alone, or none: of a record that an earlier release asked for. */
export type StepsEnded = StepEnded | readonly StepEnded[] | undefined;

export async function endSteps(transaction: DbOrTransaction, runId: string, ended: StepsEnded = []): Promise<void> {
  for (const one of [ended].flat()) await endStep(transaction, runId, one);
}

/** A person's retry is a new attempt; a step that is begun again in the same one goes on in it. */
export async function beginStep(
  transaction: DbOrTransaction,
  { runId, name, attempt }: { runId: string; name: string; attempt: number },
): Promise<void> {
  const first = await transaction.runStep.updateMany({
    where: { runId, name, attempt, startedAt: null },
    data: { ...beginning(), tries: 1 },
  });
  if (first.count > 0) return;
  // Again: a person's retry counts on and forgets the tries of the last attempt, but not the tasks it began.
  await transaction.runStep.updateMany({
    where: { runId, name, attempt: { lt: attempt } },
    data: { ...beginning(), attempt, tries: 1 },
  });
  await transaction.runStep.updateMany({
    where: { runId, name, attempt, state: { not: "waiting" } },
    data: { state: "running", endedAt: null, error: null, writer: null },
  });
  await transaction.$executeRaw`UPDATE "RunStep" SET "journal" = "journal" - 'troubles' - 'startedAgain' WHERE "runId" = ${runId}::uuid AND "name" = ${name} AND "tries" = 1`;
}

/** A skipped step keeps how its last attempt went in that attempt. */
export async function endStep(transaction: DbOrTransaction, runId: string, ended: StepEnded): Promise<void> {
  const who = ended.key === undefined ? undefined : await actOn(transaction, { runId, key: ended.key });
  if (ended.unbegun === true)
    await transaction.runStep.updateMany({
      where: { runId, name: ended.step, startedAt: null },
      data: { startedAt: new Date(), tries: 1 },
    });
  const skipped = ended.state === "skipped" ? { detail: { is: "skipped", by: who ?? null } as const } : {};
  await transaction.runStep.updateMany({ where: { runId, name: ended.step }, data: endOf({ ...ended, ...skipped }) });
  if (ended.state !== "skipped") await mirrorAttempt(transaction, { runId, step: ended.step });
}

const beginning = () =>
  ({
    state: "running",
    startedAt: new Date(),
    endedAt: null,
    error: null,
    detail: Prisma.DbNull,
    warnings: 0,
    writer: null,
  }) satisfies Prisma.RunStepUpdateManyMutationInput;

function endOf({ state, detail, warnings, error }: StepEnded): Prisma.RunStepUpdateManyMutationInput {
  return {
    state,
    endedAt: new Date(),
    // What came as an activity's argument is read: one of an older release was text.
    detail: readStepDetail(detail) ?? Prisma.DbNull,
    warnings: warnings ?? 0,
    error: error === undefined ? null : cut(error),
    writer: null,
  };
}
