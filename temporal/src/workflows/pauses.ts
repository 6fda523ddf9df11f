// A pause by hand: asked for at any time, it begins before the next step and lasts until somebody lets the run go on.
import { ApplicationFailure, condition, defineUpdate, setHandler } from "@temporalio/workflow";
import { PAUSE_UPDATE, RESUME_UPDATE, type SteerInput } from "../contract";
import { believesRowsOnly, requireRecorded } from "./recorded";

const pauseUpdate = defineUpdate<undefined, [SteerInput]>(PAUSE_UPDATE);
const resumeUpdate = defineUpdate<undefined, [SteerInput]>(RESUME_UPDATE);

export interface Pauses {
  /** What the run's row said when it began: a pause may be older than the workflow. */
  begin(requested: boolean): void;
  /** The key of the click that asked, "" when only the row knows; undefined: go on. */
  requested(): string | undefined;
  /** The key of the click that lets it go on. Throws when the run is cancelled first. */
  resumed(): Promise<string>;
}

export function takePauses(run: { runId: string; cancelled: () => boolean }): Pauses {
  let key: string | undefined;
  let known = false;
  // What came as an update is newer than the row that was read at the beginning.
  let reported = false;
  const setPaused = (asked: string | undefined): void => {
    reported = true;
    key = asked;
  };
  let resumedBy = "";
  const refuse = (words: string): never => {
    throw ApplicationFailure.nonRetryable(words, "not-fitting");
  };

  const requirePausable = (_input: SteerInput): void => {
    if (run.cancelled()) refuse("It is being cancelled.");
  };
  const requireResumable = (input: SteerInput): void => {
    requirePausable(input);
    if (known && key === undefined) refuse("This run is not paused.");
  };

  setHandler(
    pauseUpdate,
    async (input): Promise<undefined> => {
      if (believesRowsOnly()) {
        await requireRecorded({ runId: run.runId, decision: "pause", key: input.key });
        requirePausable(input);
      }
      setPaused(input.key);
      return undefined;
    },
    { validator: requirePausable },
  );
  setHandler(
    resumeUpdate,
    async (input): Promise<undefined> => {
      if (believesRowsOnly()) {
        await requireRecorded({ runId: run.runId, decision: "resume", key: input.key });
        requireResumable(input);
      }
      resumedBy = input.key;
      setPaused(undefined);
      return undefined;
    },
    { validator: requireResumable },
  );

  return {
    begin(requested) {
      known = true;
      if (requested && !reported) key = "";
    },
    requested: () => key,
    async resumed() {
      await condition(() => key === undefined);
      return resumedBy;
    },
  };
}
