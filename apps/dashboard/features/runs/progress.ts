// How far a run is, measured by its steps and by how long they took before.
import type { RunState, StepState } from "@homeport/db/types";

export interface ProgressStep {
  state: StepState;
  startedAt: Date | null;
  expectedSeconds: number | null;
}

export interface Progress {
  /** 0 to 1; 1 only when every step is over. */
  fraction: number;
  over: number;
  total: number;
}

/** "4 of 8 steps complete"; of what was taken back: "0 of 8 steps complete, 4 undone". */
export function progressText(run: { state: RunState; steps: readonly Pick<ProgressStep, "state">[] }): string {
  const count = (...states: readonly StepState[]) => run.steps.filter(({ state }) => states.includes(state)).length;
  const undone = count("undone");
  // What a run that was stopped never came to is skipped as well.
  const stopped = undone > 0 || run.state === "undone" || run.state === "cancelled";
  const complete = count("done", "warning") + (stopped ? 0 : count("skipped"));
  return `${complete} of ${run.steps.length} steps complete${undone > 0 ? `, ${undone} undone` : ""}`;
}

const over: readonly StepState[] = ["done", "warning", "skipped", "undone"];
/** Weight of a step of which nothing is known, in seconds. */
const UNKNOWN_SECONDS = 4;
/** A running step counts at most this much of itself: only its end is its end. */
const ALMOST = 0.95;

/** Steps weigh as much as they took before, so that the bar moves evenly. */
export function runProgress(steps: readonly ProgressStep[], now: Date): Progress {
  let whole = 0;
  let done = 0;
  for (const step of steps) {
    const weight = Math.max(0.5, step.expectedSeconds ?? UNKNOWN_SECONDS);
    whole += weight;
    done += weight * share(step, weight, now);
  }
  const total = steps.length;
  const count = steps.filter(({ state }) => over.includes(state)).length;
  if (total === 0) return { fraction: 0, over: 0, total };
  return { fraction: count === total ? 1 : Math.min(0.99, done / whole), over: count, total };
}

function share({ state, startedAt, expectedSeconds }: ProgressStep, weight: number, now: Date): number {
  if (over.includes(state)) return 1;
  if (state !== "running" || startedAt === null || expectedSeconds === null) return 0;
  return Math.min(ALMOST, (now.getTime() - startedAt.getTime()) / 1000 / weight);
}
