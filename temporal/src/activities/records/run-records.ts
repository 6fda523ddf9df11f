// The rows of a run as its workflow moves through them. Each may be written twice; the second time changes nothing that matters. One that
// comes after a later one, from a worker that slept, is refused.
import { Prisma } from "@homeport/db/client";
import { isActive, type FinalRunState } from "@homeport/domain/run/run-state";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { endAttempts } from "@homeport/records/end-attempts";
import { recordEvent } from "@homeport/records/record-event";
import { advanceRun, awaitDecision, closeRun, pauseRun, undoRun } from "@homeport/records/run-moves";
import { cut } from "../failures";
import { applyEdit, mirrorAttempt, type SpecChange } from "./attempts";
import { actOn, cancelledStep, closeDecisions, reopenFailure, whoPaused } from "./decision-records";
import { openRun } from "./open-run";
import { type OfTask, recordOf } from "../record-of";
import { beginStep, endStep, endSteps, type StepsEnded } from "./step-records";
import type { RecordDeps } from "./types";

export interface Progress extends OfTask {
  runId: string;
  ended?: StepsEnded;
  /** `key`: of the decision to try it again. `resumedBy`: of the click that ended a pause before it. */
  began?: { step: string; attempt: number; key?: string; resumedBy?: string } | undefined;
  /** Known from here on. */
  address?: string | undefined;
}

export const runRecords = ({ db }: RecordDeps) => ({
  openRun: (input: OfTask & { runId: string }) => openRun(db, input),

  /**
   * One step ended, or several of which only the first took any time; the next began: one transaction. Answers how the container's settings
   * were changed for it, if they were.
   */
  async record({ runId, ended, began, address, ...of }: Progress): Promise<{ changed?: SpecChange }> {
    return db.$transaction(async (transaction) => {
      const run = await advanceRun(transaction, { runId, by: recordOf(of) });
      if (address !== undefined)
        await transaction.container.update({
          where: { id: containerIdOf(run) },
          data: { address },
          select: { id: true },
        });
      await endSteps(transaction, runId, ended);
      if (!began) return {};
      const { step: name, attempt, key, resumedBy } = began;
      for (const acted of [key, resumedBy]) if (acted !== undefined) await actOn(transaction, { runId, key: acted });
      const changed = key === undefined ? undefined : await applyEdit(transaction, { runId, step: name, attempt, key });
      await beginStep(transaction, { runId, name, attempt });
      await mirrorAttempt(transaction, { runId, step: name });
      return changed === undefined ? {} : { changed };
    });
  },

  /** It stands still before its next step, until somebody lets it go on. `key`: of the click that asked, "" when only the row knows. */
  async holdRun({
    runId,
    ended,
    address,
    key,
    ...of
  }: OfTask & {
    runId: string;
    ended?: StepsEnded;
    address?: string | undefined;
    key: string;
  }): Promise<void> {
    await db.$transaction(async (transaction) => {
      const pausedBy = await whoPaused(transaction, { runId, key });
      const run = await pauseRun(transaction, { runId, by: recordOf(of), pausedBy });
      if (key !== "") await actOn(transaction, { runId, key });
      if (address !== undefined)
        await transaction.container.update({
          where: { id: containerIdOf(run) },
          data: { address },
          select: { id: true },
        });
      await endSteps(transaction, runId, ended);
    });
  },

  /** A step failed for good: the run waits for a person. */
  async pause({ runId, step, error, ...of }: OfTask & { runId: string; step: string; error: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      await awaitDecision(transaction, { runId, by: recordOf(of), error: cut(error) });
      const row = await transaction.runStep.findUnique({
        where: { runId_name: { runId, name: step } },
        select: { attempt: true, state: true },
      });
      if (row !== null && row.state !== "failed")
        await reopenFailure(transaction, { runId, step, attempt: row.attempt });
      await endStep(transaction, runId, { step, state: "failed", error });
    });
  },

  /** What was made is being taken back; the container goes with it. */
  async beginUndo({
    runId,
    step,
    key,
    ...of
  }: OfTask & { runId: string; step: string | null; key?: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      const undone = await undoRun(transaction, { runId, by: recordOf(of) });
      const { kind, cancelRequestedAt } = undone;
      await transaction.container.updateMany({
        where: { id: containerIdOf(undone), lifecycle: { not: "deleted" } },
        data: { lifecycle: "deleting" },
      });
      const unfinished =
        key === undefined && cancelRequestedAt !== null ? await cancelledStep(transaction, { runId, kind }) : undefined;
      const stepEnd = unfinished ?? { state: "failed" as const, detail: Prisma.DbNull };
      if (step !== null)
        await transaction.runStep.updateMany({
          where: { runId, name: step, state: { in: ["running", "waiting"] } },
          data: { ...stepEnd, endedAt: new Date(), writer: null },
        });
      if (key !== undefined) await actOn(transaction, { runId, key });
      await endAttempts(transaction, { runId, as: unfinished });
    });
  },

  /**
   * Ends the run: its state, its steps that never came, one event of the container. A creation that a person cancelled in its last
   * moment is not ended as done: `cancelRequested` asks the workflow to take it back, and nothing was written.
   */
  async closeRun({
    runId,
    state,
    ended,
    error,
    address,
    ...of
  }: OfTask & {
    runId: string;
    state: FinalRunState;
    ended?: StepsEnded;
    error?: string | undefined;
    address?: string | undefined;
  }): Promise<{ cancelRequested?: true }> {
    return db.$transaction(async (transaction) => {
      // The run's row first, as everybody does: in another order two writers would wait for each other.
      await transaction.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${runId}::uuid FOR NO KEY UPDATE`;
      const run = await transaction.run.findUniqueOrThrow({
        where: { id: runId },
        select: { kind: true, state: true, containerId: true, cancelRequestedAt: true, pauseRequestedAt: true },
      });
      if (!isActive(run.state)) return {};
      const { undoable, guest } = runKinds[run.kind];
      const done = state === "done" || state === "done_with_warnings";
      if (done && undoable && run.cancelRequestedAt !== null) return { cancelRequested: true };
      await endSteps(transaction, runId, ended);
      const unfinished =
        state === "cancelled" ? await cancelledStep(transaction, { runId, kind: run.kind }) : undefined;
      await endAttempts(transaction, { runId, as: unfinished });
      await closeDecisions(transaction, { runId, state, paused: run.pauseRequestedAt !== null });
      const undone = state === "undone" || (state === "cancelled" && undoable);
      await transaction.runStep.updateMany({ where: { runId, state: "pending" }, data: { state: "skipped" } });
      if (undone)
        await transaction.runStep.updateMany({
          where: { runId, state: { in: ["done", "warning", "running", "waiting"] } },
          data: { state: "undone", detail: Prisma.DbNull },
        });
      else
        await transaction.runStep.updateMany({
          where: { runId, state: { in: ["running", "waiting"] } },
          data: { state: "failed", endedAt: new Date(), detail: unfinished?.detail ?? Prisma.DbNull },
        });
      const lastError = error === undefined ? undefined : cut(error);
      await closeRun(transaction, { runId, by: recordOf(of), state, error: done ? null : lastError });
      const containerId = containerIdOf(run);
      const lifecycle = guest === "creates" && done ? { lifecycle: "ready" as const } : {};
      await transaction.container.update({
        where: { id: containerId },
        data: { ...lifecycle, ...(address === undefined ? {} : { address }) },
        select: { id: true },
      });
      await recordEvent(transaction, containerId, { type: `${run.kind}.${state}`, runId });
      return {};
    });
  },

  async warned({ runId }: { runId: string }): Promise<boolean> {
    return (await db.runStep.count({ where: { runId, state: "warning" } })) > 0;
  },
});
