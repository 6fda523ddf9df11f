// The rows of a run as its workflow moves through them. Each may be written twice; the second time changes nothing that matters.
import { asyncLocalStorage } from "@temporalio/activity";
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { RunKind, RunState } from "@homeport/db/types";
import { markerTag } from "@homeport/domain/marker";
import { planOperation, planProvision, type PlannedStep } from "@homeport/domain/run-plan";
import { ActiveRunStates } from "@homeport/domain/run-state";
import { cut } from "../failures";
import { applyEdit, endAttempts, mirrorAttempt, type SpecChange } from "./attempts";
import { readBlueprint } from "./blueprint";
import { actOn, cancelledStep, closeDecisions, reopenFailure, whoPaused } from "./decision-records";
import type { RecordDeps } from "./types";

export interface FactsOfStep extends PlannedStep {
  attempt: number;
  /** A person may skip it when it failed. */
  optional?: boolean;
  /** Running it again after an interruption does no harm. */
  repeatable?: boolean;
  /** Its row shows that it was tried, in an earlier workflow of this run. */
  begun?: boolean;
  /** A person skipped it, in an earlier workflow of this run. */
  skipped?: boolean;
}

export interface RunFacts {
  kind: RunKind;
  /** With the attempt that each step is at: more than 1 when an earlier workflow of this run was lost. */
  steps: FactsOfStep[];
  vmid: number | null;
  /** The person typed the VMID: another one would be wrong. */
  vmidTyped: boolean;
  cancelRequested: boolean;
  /** Absent in the histories of the first release. */
  pauseRequested?: boolean;
  /** Ended already: there is nothing to do. */
  ended: boolean;
  names: { hostname: string; node: string; template: string; user: string };
  marker: string;
}

export interface StepEnded {
  step: string;
  state: "done" | "warning" | "failed" | "skipped";
  detail?: string;
  warnings?: number;
  error?: string;
  /** Of the decision to skip it. */
  key?: string;
}
export interface Progress {
  runId: string;
  ended?: StepEnded | undefined;
  /** `key`: of the decision to try it again. `resumedBy`: of the click that ended a pause before it. */
  began?: { step: string; attempt: number; key?: string; resumedBy?: string } | undefined;
  /** Known from here on. */
  address?: string | undefined;
}

const running = { state: "running", waitingFor: null } as const;
/** In the same statement as the write: a run that ended meanwhile is not found, and whatever its workflow does next meets the fence. */
const underWay = { state: { in: [...ActiveRunStates] } };

export const runRecords = ({ db }: RecordDeps) => ({
  /** Reads what the run is and marks it as begun. */
  async openRun({ runId }: { runId: string }): Promise<RunFacts> {
    const run = await db.run.findUniqueOrThrow({
      where: { id: runId },
      select: {
        kind: true, state: true, cancelRequestedAt: true, pauseRequestedAt: true, steps: { select: { name: true, attempt: true, state: true } },
        node: { select: { name: true } }, user: { select: { email: true } },
        container: { select: { id: true, hostname: true, vmid: true, templateRevision: { select: { template: { select: { name: true } } } } } },
      },
    });
    const { container } = run;
    const ended = !(ActiveRunStates as readonly RunState[]).includes(run.state);
    if (!ended) {
      const executionId = asyncLocalStorage.getStore()?.info.workflowExecution?.runId ?? null;
      await db.run.updateMany({ where: { id: runId, startedAt: null }, data: { startedAt: new Date(), dispatchedAt: new Date() } });
      // Once for each workflow: a try that was given up for lost, and wakes when the run waits for a person, changes nothing.
      const unopened = executionId === null ? {} : { OR: [{ executionId: null }, { executionId: { not: executionId } }] };
      await db.run.updateMany({ where: { id: runId, ...underWay, ...unopened }, data: { ...running, executionId, version: { increment: 1 } } });
    }
    const { spec, template } = await readBlueprint(db, container.id);
    const plan = run.kind === "provision" ? planProvision(template, spec, { checked: run.steps.some(({ name }) => name === "plan") }) : planOperation(run.kind);
    const rows = new Map(run.steps.map((step) => [step.name, step]));
    const scripts = new Map(template.scripts.map((script) => [script.name, script]));
    return {
      kind: run.kind,
      // A run that was asked for before a step was invented has no row for it.
      steps: plan.filter(({ name }) => rows.has(name)).map((step) => {
        const { optional = false, repeatable = true } = scripts.get(step.script ?? "") ?? {};
        const { attempt = 1, state } = rows.get(step.name) ?? {};
        return { ...step, attempt, optional, repeatable, skipped: state === "skipped", ...(state === "pending" ? {} : { begun: true }) };
      }),
      vmid: container.vmid,
      vmidTyped: spec.vmid !== null,
      cancelRequested: run.cancelRequestedAt !== null,
      pauseRequested: run.pauseRequestedAt !== null,
      ended,
      names: { hostname: container.hostname, node: run.node.name, template: container.templateRevision.template.name, user: run.user.email },
      marker: markerTag(container.id),
    };
  },

  /** One step ended, the next began: one transaction. Answers how the container's settings were changed for it, if they were. */
  async record({ runId, ended, began, address }: Progress): Promise<{ changed?: SpecChange }> {
    return db.$transaction(async (transaction) => {
      const run = await transaction.run.update({ where: { id: runId, ...underWay }, data: { ...running, error: null, version: { increment: 1 } }, select: { containerId: true } });
      if (address !== undefined) await transaction.container.update({ where: { id: run.containerId }, data: { address }, select: { id: true } });
      if (ended) await endStep(transaction, runId, ended);
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
  async holdRun({ runId, ended, address, key }: { runId: string; ended?: StepEnded | undefined; address?: string | undefined; key: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      const who = await whoPaused(transaction, { runId, key });
      const run = await transaction.run.update({ where: { id: runId, ...underWay }, data: { state: "paused", waitingFor: `paused${who === undefined ? "" : ` by ${who}`}`, error: null, version: { increment: 1 } }, select: { containerId: true } });
      if (key !== "") await actOn(transaction, { runId, key });
      if (address !== undefined) await transaction.container.update({ where: { id: run.containerId }, data: { address }, select: { id: true } });
      if (ended) await endStep(transaction, runId, ended);
    });
  },

  /** A step failed for good: the run waits for a person. */
  async pause({ runId, step, error }: { runId: string; step: string; error: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      await transaction.run.update({ where: { id: runId, ...underWay }, data: { state: "awaiting_decision", waitingFor: "your decision", error: cut(error), version: { increment: 1 } }, select: { id: true } });
      const row = await transaction.runStep.findUnique({ where: { runId_name: { runId, name: step } }, select: { attempt: true, state: true } });
      if (row !== null && row.state !== "failed") await reopenFailure(transaction, { runId, step, attempt: row.attempt });
      await endStep(transaction, runId, { step, state: "failed", error });
    });
  },

  /** What was made is being taken back; the container goes with it. */
  async beginUndo({ runId, step, key }: { runId: string; step: string | null; key?: string }): Promise<void> {
    await db.$transaction(async (transaction) => {
      const { containerId, kind, cancelRequestedAt } = await transaction.run.update({ where: { id: runId, ...underWay }, data: { state: "running", waitingFor: "undoing what was made", version: { increment: 1 } }, select: { containerId: true, kind: true, cancelRequestedAt: true } });
      await transaction.container.updateMany({ where: { id: containerId, lifecycle: { not: "deleted" } }, data: { lifecycle: "deleting" } });
      const unfinished = key === undefined && cancelRequestedAt !== null ? await cancelledStep(transaction, { runId, kind }) : undefined;
      const stepEnd = unfinished ?? { state: "failed" as const, detail: null };
      if (step !== null) await transaction.runStep.updateMany({ where: { runId, name: step, state: { in: ["running", "waiting"] } }, data: { ...stepEnd, endedAt: new Date(), writer: null } });
      if (key !== undefined) await actOn(transaction, { runId, key });
      await endAttempts(transaction, runId, unfinished);
    });
  },

  /**
   * Ends the run: its state, its steps that never came, one event of the container. A creation that a person cancelled in its last
   * moment is not ended as done: `cancelRequested` asks the workflow to take it back, and nothing was written.
   */
  async closeRun({ runId, state, ended, error, address }: { runId: string; state: RunState; ended?: StepEnded | undefined; error?: string | undefined; address?: string | undefined }): Promise<{ cancelRequested?: true }> {
    return db.$transaction(async (transaction) => {
      // The run's row first, as everybody does: in another order two writers would wait for each other.
      await transaction.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${runId}::uuid FOR NO KEY UPDATE`;
      const run = await transaction.run.findUniqueOrThrow({ where: { id: runId }, select: { kind: true, state: true, containerId: true, cancelRequestedAt: true, pauseRequestedAt: true } });
      if (!(ActiveRunStates as readonly RunState[]).includes(run.state)) return {};
      const done = state === "done" || state === "done_with_warnings";
      if (done && run.kind === "provision" && run.cancelRequestedAt !== null) return { cancelRequested: true };
      if (ended) await endStep(transaction, runId, ended);
      const unfinished = state === "cancelled" ? await cancelledStep(transaction, { runId, kind: run.kind }) : undefined;
      await endAttempts(transaction, runId, unfinished);
      await closeDecisions(transaction, { runId, state, paused: run.pauseRequestedAt !== null });
      const undone = state === "undone" || (state === "cancelled" && run.kind === "provision");
      await transaction.runStep.updateMany({ where: { runId, state: "pending" }, data: { state: "skipped" } });
      if (undone) await transaction.runStep.updateMany({ where: { runId, state: { in: ["done", "warning", "running", "waiting"] } }, data: { state: "undone", detail: null } });
      else await transaction.runStep.updateMany({ where: { runId, state: { in: ["running", "waiting"] } }, data: { state: "failed", endedAt: new Date(), detail: unfinished?.detail ?? null } });
      const data: Prisma.RunUpdateInput = { state, waitingFor: null, pauseRequestedAt: null, endedAt: new Date(), version: { increment: 1 }, ...(error === undefined ? {} : { error: cut(error) }) };
      if (done) data.error = null;
      await transaction.run.update({ where: { id: runId }, data, select: { id: true } });
      const lifecycle = run.kind === "provision" && done ? { lifecycle: "ready" as const } : {};
      await transaction.container.update({ where: { id: run.containerId }, data: { ...lifecycle, ...(address === undefined ? {} : { address }) }, select: { id: true } });
      await transaction.containerEvent.create({ data: { containerId: run.containerId, type: `${run.kind}.${state}`, message: sentence(run.kind, state), metadata: { runId } }, select: { id: true } });
      return {};
    });
  },

  async warned({ runId }: { runId: string }): Promise<boolean> {
    return (await db.runStep.count({ where: { runId, state: "warning" } })) > 0;
  },
});

async function beginStep(transaction: DbOrTransaction, { runId, name, attempt }: { runId: string; name: string; attempt: number }): Promise<void> {
  const first = await transaction.runStep.updateMany({ where: { runId, name, attempt, startedAt: null }, data: { ...beginning(), tries: 1 } });
  if (first.count > 0) return;
  // Again: a person's retry counts on and forgets the tries of the last attempt, but not the tasks it began.
  await transaction.runStep.updateMany({ where: { runId, name, attempt: { lt: attempt } }, data: { ...beginning(), attempt, tries: 1 } });
  await transaction.runStep.updateMany({ where: { runId, name, attempt, state: { not: "waiting" } }, data: { state: "running", endedAt: null, error: null, writer: null } });
  await transaction.$executeRaw`UPDATE "RunStep" SET "journal" = "journal" - 'troubles' - 'startedAgain' WHERE "runId" = ${runId}::uuid AND "name" = ${name} AND "tries" = 1`;
}

/** A skipped step keeps how its last attempt went in that attempt. */
async function endStep(transaction: DbOrTransaction, runId: string, ended: StepEnded): Promise<void> {
  const who = ended.key === undefined ? undefined : await actOn(transaction, { runId, key: ended.key });
  const skipped = ended.state === "skipped" ? { detail: `skipped${who === undefined ? "" : ` by ${who}`}` } : {};
  await transaction.runStep.updateMany({ where: { runId, name: ended.step }, data: endOf({ ...ended, ...skipped }) });
  if (ended.state !== "skipped") await mirrorAttempt(transaction, { runId, step: ended.step });
}

const beginning = () => ({ state: "running", startedAt: new Date(), endedAt: null, error: null, detail: null, warnings: 0, writer: null }) satisfies Prisma.RunStepUpdateManyMutationInput;

function endOf({ state, detail, warnings, error }: StepEnded): Prisma.RunStepUpdateManyMutationInput {
  return { state, endedAt: new Date(), detail: detail ?? null, warnings: warnings ?? 0, error: error === undefined ? null : cut(error), writer: null };
}

const did: Record<RunKind, string> = { provision: "created", start: "started", stop: "stopped", shutdown: "shut down", reboot: "rebooted", destroy: "destroyed" };

function sentence(kind: RunKind, state: RunState): string {
  switch (state) {
    case "done":
      return `The container was ${did[kind]}.`;
    case "done_with_warnings":
      return `The container was ${did[kind]}, with warnings.`;
    case "undone":
      return "Its creation was undone: nothing of it is left.";
    case "cancelled":
      return kind === "provision" ? "Its creation was cancelled and undone: nothing of it is left." : "The operation was cancelled.";
    default:
      return `The container could not be ${did[kind]}.`;
  }
}
