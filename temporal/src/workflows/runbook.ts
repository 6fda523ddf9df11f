// Plays the steps of a run in order, each a row; pauses at one that fails; takes everything back, newest first, when told to.
import { ApplicationFailure, CancellationScope, condition, defineUpdate, isCancellation, log, setCurrentDetails, setHandler, TemporalFailure, upsertSearchAttributes } from "@temporalio/workflow";
import type { RunState } from "@homeport/db/types";
import type { Decision } from "@homeport/domain/run-state";
import type { RunFacts, StepEnded } from "../activities/records/run-records";
import type { StepAt, StepResult } from "../activities/step-at";
import { DECIDE_UPDATE, type DecideInput, type RunInput, SearchAttributes } from "../contract";
import { records } from "./activities";
import { failureWords } from "./failure-words";
import { stepTable, type TableStep } from "./step-table";

export interface Book {
  run: RunFacts;
  /** Does `work` once per attempt; what it answers is shown beside the step. Not in the plan: not done. */
  step<T extends StepResult | undefined>(this: void, name: string, work: (at: StepAt) => Promise<T>): Promise<T | undefined>;
  /** To be declared before the step that it takes back: a step that timed out may still have happened. Harmless when it has not. */
  undo(this: void, step: string, work: (at: StepAt) => Promise<unknown>): void;
  /** Known from here on; shown and searched by. */
  vmid(vmid: number): void;
}

export const decideUpdate = defineUpdate<undefined, [DecideInput]>(DECIDE_UPDATE);

const UNDO = "undo-decided";

/** `undoable`: cancelling or a decision undoes what was done; otherwise cancelling only ends the run. */
export async function runbook(input: RunInput, options: { undoable: boolean }, play: (book: Book) => Promise<void>): Promise<void> {
  const pending: { decision?: Decision | undefined; awaiting: boolean } = { awaiting: false };
  setHandler(decideUpdate, ({ decision }) => void (pending.decision = decision), {
    validator: ({ decision }) => {
      if (!pending.awaiting || pending.decision !== undefined) throw ApplicationFailure.nonRetryable("This run does not wait for a decision.", "not-awaiting");
      if (decision !== "retry" && !options.undoable) throw ApplicationFailure.nonRetryable("Only the creation of a container can be undone.", "not-undoable");
    },
  });

  const run = await CancellationScope.nonCancellable(() => records.openRun({ runId: input.runId }));
  if (run.ended) return;
  const table = new Map<string, TableStep>(run.steps.map(({ name, title, attempt }) => [name, { name, title, attempt, state: "pending" }]));
  const show = (): void => { setCurrentDetails(stepTable(`${run.kind} ${run.names.hostname} on ${run.names.node}`, [...table.values()])); };
  const status = (word: string): void => { upsertSearchAttributes([{ key: SearchAttributes.status, value: word }]); };
  const mark = (name: string, change: Partial<TableStep>): void => {
    const row = table.get(name);
    if (row) table.set(name, { ...row, ...change });
    show();
  };
  upsertSearchAttributes([
    { key: SearchAttributes.node, value: run.names.node },
    { key: SearchAttributes.template, value: run.names.template },
    { key: SearchAttributes.user, value: run.names.user },
    { key: SearchAttributes.status, value: "running" },
    ...(run.vmid === null ? [] : [{ key: SearchAttributes.vmid, value: run.vmid }]),
  ]);
  show();

  const undos: { step: string; work: (at: StepAt) => Promise<unknown> }[] = [];
  const at = (name: string): StepAt => ({ runId: input.runId, containerId: input.containerId, nodeId: input.nodeId, step: name, attempt: table.get(name)?.attempt ?? 1 });
  // A step's end is written together with the next one's beginning.
  let ended: StepEnded | undefined;
  let address: string | undefined;
  let current: string | null = null;
  let warned = false;

  const step: Book["step"] = async (name, work) => {
    if (!table.has(name)) return undefined;
    for (;;) {
      const { attempt } = at(name);
      await records.record({ runId: input.runId, ended, began: { step: name, attempt }, address });
      ended = undefined;
      address = undefined;
      current = name;
      mark(name, { state: "running" });
      try {
        const result = await work(at(name));
        const warnings = result?.warnings ?? 0;
        ended = { step: name, state: warnings > 0 ? "warning" : "done", warnings, ...(result?.detail === undefined ? {} : { detail: result.detail }) };
        warned ||= warnings > 0;
        if (result && "address" in result && typeof result.address === "string") address = result.address;
        mark(name, { state: ended.state, detail: result?.detail });
        return result;
      } catch (failure) {
        if (isCancellation(failure)) throw failure;
        await decided(name, failure);
        mark(name, { attempt: attempt + 1 });
      }
    }
  };

  /** Returns when the step is to be tried again. */
  const decided = async (name: string, failure: unknown): Promise<void> => {
    const error = failureWords(failure);
    pending.decision = undefined;
    // Open before the row says so: who reads the row may decide at once.
    pending.awaiting = true;
    await records.pause({ runId: input.runId, step: name, error });
    mark(name, { state: "failed", detail: error });
    status("awaiting_decision");
    await condition(() => pending.decision !== undefined);
    const { decision } = pending;
    pending.awaiting = false;
    status("running");
    if (decision === "undo") throw ApplicationFailure.nonRetryable(error, UNDO);
  };

  const close = (state: RunState, error?: string): Promise<void> => {
    status(state);
    return CancellationScope.nonCancellable(() => records.closeRun({ runId: input.runId, state, ended, error, address }));
  };

  try {
    if (run.cancelRequested) CancellationScope.current().cancel();
    await play({
      run,
      step,
      undo: (name, work) => void undos.unshift({ step: name, work }),
      vmid: (vmid) => { upsertSearchAttributes([{ key: SearchAttributes.vmid, value: vmid }]); },
    });
    await close(warned ? "done_with_warnings" : "done");
  } catch (failure) {
    const cancelled = isCancellation(failure);
    const told = !cancelled && failure instanceof ApplicationFailure && failure.type === UNDO;
    log.info("the run ends early", { cancelled, told });
    if (options.undoable) {
      // Cancelling the run must not cancel the clean-up.
      await CancellationScope.nonCancellable(async () => {
        status("undoing");
        await records.beginUndo({ runId: input.runId, step: current });
        for (const undo of undos) {
          await undo.work(at(undo.step));
          mark(undo.step, { state: "undone" });
        }
      });
    }
    if (cancelled) await close("cancelled");
    else if (told) await close("undone", failure.message);
    else await close("failed", failureWords(failure));
    // Any other error would make Temporal try the workflow's code again for ever.
    throw failure instanceof TemporalFailure ? failure : ApplicationFailure.nonRetryable(failureWords(failure), "homeport");
  }
}
