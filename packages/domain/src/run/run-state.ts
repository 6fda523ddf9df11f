// The life of a run: the only table of its states, and what a person may decide in each. packages/records writes by the table, and
// nobody else writes a run.
import type { RunKind, RunState } from "@homeport/db/types";
import { runKinds } from "./run-kinds";

type Transitions = Readonly<Record<string, readonly [RunState, ...RunState[]]>>;

/** Whatever a run that has not ended is doing. */
const underWay = {
  /** Its workflow takes it up, the first time or again. */
  open: ["running"],
  /** A step ended, or the next one began. */
  advance: ["running"],
  /** A person's pause holds it before its next step. */
  pause: ["paused"],
  /** A step failed for good: a person decides. */
  failStep: ["awaiting_decision"],
  /** What it made is being taken back. */
  undo: ["running"],
  /** Its workflow was ended in Temporal: a person settles it. */
  loseWorkflow: ["waiting"],
  /** Its workflow comes to its end. */
  close: ["done", "done_with_warnings", "failed", "cancelled", "undone"],
  /** It has no workflow, and gets none any more. */
  giveUp: ["failed"],
} as const satisfies Transitions;

/** Its workflow is at a step. */
const atWork = {
  ...underWay,
  /** The step waits for something outside, as a node that is away. */
  wait: ["waiting"],
  /** The step goes on. */
  goOn: ["running"],
  /** It stands in the queue for its slot on the node. */
  queueForSlot: ["waiting"],
  /** The engine cannot continue it. */
  getStuck: ["waiting"],
} as const satisfies Transitions;

/** From each state: what can happen, and where that may take the run. A state without a way out is final. */
export const RunTransitions = {
  /** `stayQueued`: Temporal did not take it. */
  queued: { ...underWay, stayQueued: ["queued"] },
  running: atWork,
  /** `getSlot`: its slot on the node was granted. `getUnstuck`: the engine continues it. */
  waiting: { ...atWork, getSlot: ["running"], getUnstuck: ["running"] },
  // What a person decided, or let rest, stays as it is: only why nothing comes of it is new.
  awaiting_decision: { ...underWay, getStuck: ["awaiting_decision"], getUnstuck: ["awaiting_decision"] },
  paused: { ...underWay, getStuck: ["paused"], getUnstuck: ["paused"] },
  done: {},
  done_with_warnings: {},
  failed: {},
  cancelled: {},
  undone: {},
} as const satisfies Record<RunState, Transitions>;

type Table = typeof RunTransitions;
type EventsOf<S extends RunState> = keyof Table[S];
/** Everything that can happen to a run. */
export type RunEvent = { [S in RunState]: EventsOf<S> }[RunState];
/** A state that the event may take a run to. */
export type StateAfter<E extends RunEvent> = {
  [S in RunState]: E extends EventsOf<S>
    ? Table[S][E] extends readonly (infer To extends RunState)[]
      ? To
      : never
    : never;
}[RunState];
type ActiveRunState = { [S in RunState]: EventsOf<S> extends never ? never : S }[RunState];
/** A state that ends a run. */
export type FinalRunState = Exclude<RunState, ActiveRunState>;

const rows = Object.entries(RunTransitions) as [RunState, Transitions][];

/** The states from which this may take a run there. */
export function statesBefore<E extends RunEvent>(event: E, to: StateAfter<E>): RunState[] {
  return rows.filter(([, events]) => events[event]?.includes(to) === true).map(([state]) => state);
}

/** Not ended. The same list as the partial index run_one_active_per_container. */
export const ActiveRunStates = rows
  .filter(([, events]) => Object.keys(events).length > 0)
  .map(([state]) => state) as ActiveRunState[]; // the type says the same of the table

export function isActive(state: RunState): boolean {
  return (ActiveRunStates as readonly RunState[]).includes(state);
}

/** What a person answers to a run that waits for a decision. "retry" may carry an edit (step-edit). */
export const Decisions = ["retry", "skip", "undo"] as const;
export type Decision = (typeof Decisions)[number];

/** What a person may do to a run at any time while it is under way. */
const Steers = ["pause", "resume"] as const;
export type Steer = (typeof Steers)[number];

export interface DecidableRun {
  kind: RunKind;
  state: RunState;
  /** The step that failed; null while none has. */
  failedStep?: { optional: boolean } | null;
  cancelRequestedAt?: Date | null;
}

/** Why a person cannot decide this now; `undefined` when they can. */
export function whyNotDecide(decision: Decision, run: DecidableRun): string | undefined {
  if (run.state !== "awaiting_decision") return "This run does not wait for a decision.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  if (decision === "undo" && !runKinds[run.kind].undoable) return "Only the creation of a container can be undone.";
  if (decision === "skip" && run.failedStep?.optional !== true)
    return "Only a step that its template marks as optional can be skipped.";
  return undefined;
}

export interface SteerableRun {
  state: RunState;
  pauseRequestedAt?: Date | null;
  cancelRequestedAt?: Date | null;
}

/** Why a run cannot be paused or resumed now; `undefined` when it can. A pause begins before the next step. */
export function whyNotSteer(steer: Steer, run: SteerableRun): string | undefined {
  if (!isActive(run.state)) return "This run has ended.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  if (steer === "resume") return run.state === "paused" || run.pauseRequestedAt ? undefined : "This run is not paused.";
  if (run.state === "awaiting_decision") return "It stands still until you decide.";
  return run.state === "paused" || run.pauseRequestedAt
    ? "It is paused already, or will be before its next step."
    : undefined;
}

/** Why a run cannot be cancelled now; `undefined` when it can. Cancelling a creation undoes it. */
export function whyNotCancel(run: {
  kind: RunKind;
  state: RunState;
  cancelRequestedAt?: Date | null;
}): string | undefined {
  if (!isActive(run.state)) return "This run has ended.";
  if (run.cancelRequestedAt) return "It is being cancelled.";
  return undefined;
}
