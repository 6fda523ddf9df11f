// A person's answer to a step that failed for good: one for each failure, and refused with words when it does not fit.
import { ApplicationFailure, condition, defineUpdate, setHandler } from "@temporalio/workflow";
import { DECIDE_UPDATE, type DecideInput } from "../contract";
import { believesRowsOnly, requireRecorded } from "./recorded";

const decideUpdate = defineUpdate<undefined, [DecideInput]>(DECIDE_UPDATE);

interface Failure {
  step: string;
  attempt: number;
  /** The template lets a person skip it. */
  optional: boolean;
}

export interface Decisions {
  /** From now on an answer to this failure is taken: before its row says so, as who reads the row may decide at once. */
  ask(failure: Failure): void;
  /** The answer, once it has come. Throws when the run is cancelled first. */
  answer(): Promise<DecideInput>;
}

export function takeDecisions(run: { runId: string; undoable: boolean; cancelled: () => boolean }): Decisions {
  let asked: Failure | undefined;
  let taken: DecideInput | undefined;

  const whyNot = ({ decision, step, attempt }: DecideInput): string | undefined => {
    if (run.cancelled()) return "It is being cancelled.";
    if (asked === undefined) return "This run does not wait for a decision.";
    if (taken !== undefined) return "Already decided by someone else.";
    if ((step ?? asked.step) !== asked.step || (attempt ?? asked.attempt) !== asked.attempt)
      return "The run has gone on since, and failed once more: read its new failure first.";
    if (decision === "skip" && !asked.optional)
      return "Only a step that its template marks as optional can be skipped.";
    if (decision === "undo" && !run.undoable) return "Only the creation of a container can be undone.";
    return undefined;
  };

  const requireFitting = (input: DecideInput): void => {
    const refusal = whyNot(input);
    if (refusal !== undefined) throw ApplicationFailure.nonRetryable(refusal, "not-fitting");
  };

  setHandler(
    decideUpdate,
    async (input): Promise<undefined> => {
      if (believesRowsOnly()) {
        const { decision, key, step, attempt } = input;
        await requireRecorded({ runId: run.runId, decision, key, about: { step, attempt } });
        // The run may have gone on while the row was read.
        requireFitting(input);
      }
      // Two may pass their validators in the same moment.
      if (taken !== undefined) throw ApplicationFailure.nonRetryable("Already decided by someone else.", "not-fitting");
      taken = input;
      return undefined;
    },
    {
      validator: (input) => {
        requireFitting(input as DecideInput);
      },
    }, // the definition says so; the overload loses it
  );

  return {
    ask(failure) {
      taken = undefined;
      asked = failure;
    },
    async answer() {
      await condition(() => taken !== undefined);
      const answer = taken;
      if (answer === undefined) throw ApplicationFailure.nonRetryable("A decision vanished.");
      asked = undefined;
      taken = undefined;
      return answer;
    },
  };
}
