// Plays the steps of a run in order, each a row; stands still at one that fails; takes everything back, newest first, when told to.
//
// To change it safely: runs that are under way were begun by older code, and their histories must still fit. Whatever adds,
// removes or reorders a command (an activity, a timer, an upsert of search attributes) goes behind `patched("<what>-<date>")`,
// or behind something that no older history holds: a new update, a new field of an activity's answer. replay.test.ts plays the
// histories of every release through this code and tells when that was forgotten.
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  log,
  patched,
  TemporalFailure,
} from "@temporalio/workflow";
import type { RunState } from "@homeport/db/types";
import type { FinalRunState } from "@homeport/domain/run/run-state";
import type { StepDetailCode } from "@homeport/domain/run/step-detail";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import type { SpecChange } from "../activities/records/attempts";
import type { RunFacts } from "../activities/records/open-run";
import type { StepEnded, StepsEnded } from "../activities/records/step-records";
import type { StepAt, StepResult } from "../activities/step-at";
import type { DecideInput, RunInput } from "../contract";
import { records } from "./activities";
import { takeDecisions } from "./decisions";
import { failureText } from "./failure-text";
import { takePauses } from "./pauses";
import { takeCancellations } from "./recorded";
import { openBoard } from "./run-board";
import { requireSealed } from "./sealed";
import { isFenced, unlessEnded } from "./unless-ended";

export interface RunSteps {
  run: RunFacts;
  /**
   * Does `work` once per attempt; what it answers is shown beside the step. Not in the plan, or skipped by a person: not done.
   * `changed` is there when a person changed the container's settings for this attempt.
   */
  step<T extends StepResult | undefined>(
    this: void,
    name: string,
    work: (at: StepAt, changed?: SpecChange) => Promise<T>,
  ): Promise<T | undefined>;
  /** Of a step that has nothing left to do; it is written with the next record. False: it is to be done as any other. */
  alreadyDone(this: void, name: string, result: StepResult): boolean;
  /** To be declared before the step that it takes back: a step that timed out may still have happened. Harmless when it has not. */
  undo(this: void, step: string, work: (at: StepAt) => Promise<unknown>): void;
  /** Known from here on; shown and searched by. */
  vmid(vmid: number): void;
}

const UNDO = "undo-decided";

/** Answers how the run ended, for Temporal's lists; a run that failed throws. `undoable`: cancelling or a decision undoes what was done; otherwise cancelling only ends the run. */
export async function runbook(
  input: RunInput,
  options: { undoable: boolean },
  play: (steps: RunSteps) => Promise<void>,
): Promise<RunState | undefined> {
  requireSealed(input);
  const requested = CancellationScope.current().cancelRequested;
  // What Temporal cancels is the workflow, what a person cancels is its work: only takeCancellations leads from one to the other.
  return CancellationScope.nonCancellable(() =>
    unlessEnded(input, async () => {
      const work = new CancellationScope();
      takeCancellations({ runId: input.runId, requested }, () => {
        work.cancel();
      });
      try {
        return await work.run(() => playSteps(input, { ...options, work }, play));
      } finally {
        // Whoever decides in its last moment is answered.
        await condition(allHandlersFinished);
      }
    }),
  );
}

async function playSteps(
  input: RunInput,
  { work: scope, ...options }: { undoable: boolean; work: CancellationScope },
  play: (steps: RunSteps) => Promise<void>,
): Promise<RunState | undefined> {
  const { runId } = input;
  const cancelled = (): boolean => scope.consideredCancelled;
  const decisions = takeDecisions({ runId, ...options, cancelled });
  const pauses = takePauses({ runId, cancelled });

  const run = await CancellationScope.nonCancellable(() => records.openRun({ runId }));
  if (run.ended) return undefined;
  pauses.begin(run.pauseRequested ?? false);
  const board = openBoard(run);
  const planned = new Map(run.steps.map((step) => [step.name, step]));

  const undos: { step: string; work: (at: StepAt) => Promise<unknown> }[] = [];
  const at = (name: string): StepAt => ({
    runId,
    containerId: input.containerId,
    nodeId: input.nodeId,
    step: name,
    attempt: board.step(name)?.attempt ?? 1,
  });
  // A step's end is written together with the next one's beginning, and so is one that had nothing left to do.
  let ended: StepEnded[] = [];
  /** One alone as a worker of an earlier release takes it, should it write the record. */
  const endedSteps = (): StepsEnded => (ended.length > 1 ? ended : ended[0]);
  let address: string | undefined;
  let current: string | null = null;
  let warned = false;
  let undoKey: string | undefined;
  let resumedBy: string | undefined;

  const hold = async (): Promise<void> => {
    // What is carried through although it was cancelled is not held up: nobody could let it go on.
    for (let key = pauses.requested(); key !== undefined && !cancelled(); key = pauses.requested()) {
      await records.holdRun({ runId, ended: endedSteps(), address, key });
      ended = [];
      address = undefined;
      board.status("paused");
      resumedBy = await pauses.resumed();
      board.status("running");
    }
  };

  const end = (name: string, result: StepResult | undefined, unbegun: { unbegun?: true } = {}): void => {
    const warnings = result?.warnings ?? 0;
    const state = warnings > 0 ? "warning" : "done";
    ended.push({
      step: name,
      state,
      warnings,
      ...(result?.detail === undefined ? {} : { detail: result.detail }),
      ...unbegun,
    });
    warned ||= warnings > 0;
    if (result && "address" in result && typeof result.address === "string") address = result.address;
    board.mark(name, { state, detail: detailText(result?.detail) });
  };

  const alreadyDone: RunSteps["alreadyDone"] = (name, result) => {
    const plan = planned.get(name);
    // Begun before, by a workflow that Temporal lost, it is another attempt's; where it is to pause, it pauses.
    if (plan === undefined || plan.skipped || plan.begun || pauses.requested() !== undefined) return false;
    end(name, result, { unbegun: true });
    return true;
  };

  const step: RunSteps["step"] = async (name, work) => {
    const plan = planned.get(name);
    if (plan === undefined) return undefined;
    if (plan.skipped) {
      warned = true;
      board.mark(name, { state: "skipped" });
      return undefined;
    }
    await hold();
    for (let key: string | undefined; ;) {
      const { attempt } = at(name);
      const begun = await records.record({
        runId,
        ended: endedSteps(),
        began: {
          step: name,
          attempt,
          ...(key === undefined ? {} : { key }),
          ...(resumedBy === undefined ? {} : { resumedBy }),
        },
        address,
      });
      ended = [];
      address = undefined;
      resumedBy = undefined;
      current = name;
      board.mark(name, { state: "running" });
      try {
        const result = await work(at(name), begun?.changed);
        end(name, result);
        return result;
      } catch (failure) {
        if (isCancellation(failure) || isFenced(failure)) throw failure;
        const decided = await ask({ step: name, attempt, optional: plan.optional ?? false }, failureText(failure));
        ({ key } = decided);
        if (decided.decision === "skip") {
          ended.push({ step: name, state: "skipped", ...(key === undefined ? {} : { key }) });
          warned = true;
          board.mark(name, { state: "skipped" });
          return undefined;
        }
        board.mark(name, { attempt: attempt + 1 });
      }
    }
  };

  /** Answers what to do about the failure; throws when that is to undo. */
  const ask = async (
    failure: { step: string; attempt: number; optional: boolean },
    error: string,
  ): Promise<DecideInput> => {
    decisions.ask(failure);
    await records.pause({ runId, step: failure.step, error });
    board.mark(failure.step, { state: "failed", detail: error });
    board.status("awaiting_decision");
    const answer = await decisions.answer();
    board.status("running");
    if (answer.decision !== "undo") return answer;
    undoKey = answer.key;
    throw ApplicationFailure.nonRetryable(error, UNDO);
  };

  const close = (state: FinalRunState, error?: string): Promise<{ cancelRequested?: true } | undefined> => {
    board.status(state);
    return CancellationScope.nonCancellable(() =>
      records.closeRun({ runId, state, ended: endedSteps(), error, address }),
    );
  };

  try {
    if (run.cancelRequested) scope.cancel();
    await play({
      run,
      step,
      alreadyDone,
      undo: (name, work) => void undos.unshift({ step: name, work }),
      vmid: board.vmid,
    });
    const state = warned ? "done_with_warnings" : "done";
    const closed = await close(state);
    if (closed?.cancelRequested) throw new CancelledFailure("cancelled in its last moment");
    return state;
  } catch (failure) {
    if (isFenced(failure)) throw failure;
    const undoDecided = failure instanceof ApplicationFailure && failure.type === UNDO;
    // A worker that dies with a cancelled record or task leaves a time-out behind; the run was cancelled all the same.
    const stopped =
      isCancellation(failure) || (!undoDecided && cancelled() && patched("cancelled-is-cancelled-2026-11-28"));
    log.info("the run ends early", { cancelled: stopped, undoDecided });
    if (options.undoable) {
      // Cancelling the run must not cancel the clean-up.
      await CancellationScope.nonCancellable(async () => {
        board.status("undoing");
        await records.beginUndo({ runId, step: current, ...(undoKey === undefined ? {} : { key: undoKey }) });
        for (const undo of undos) {
          await undo.work(at(undo.step));
          board.mark(undo.step, { state: "undone" });
        }
      });
    }
    const failedState = undoDecided ? "undone" : "failed";
    const state = stopped ? "cancelled" : failedState;
    await close(state, stopped ? undefined : failureText(failure));
    // What a person decided went as they wanted: in Temporal's lists it is no failure.
    if (state !== "failed" && patched("ends-as-decided-2026-11-28")) return state;
    // Any other error would make Temporal try the workflow's code again for ever.
    throw failure instanceof TemporalFailure
      ? failure
      : ApplicationFailure.nonRetryable(failureText(failure), "homeport");
  }
}

/** An activity of an older release answered text. */
function detailText(detail: StepDetailCode | string | undefined): string | undefined {
  return typeof detail === "object" ? stepDetailText(detail) : detail;
}
