// What taking a run back would do now, in sentences, newest deed first: shown before anybody confirms it.
import type { RunKind, RunState, StepState } from "@homeport/db/types";
import { runKinds } from "./run-kinds";
import type { StepKind } from "./run-plan";
import { isActive } from "./run-state";

export interface UndoableRun {
  kind: RunKind;
  state: RunState;
  steps: readonly { kind: StepKind | null; title: string; state: StepState }[];
  vmid: number | null;
  /** As their owner calls them. */
  node: string;
  hostname: string;
  /** What is known of its guest since it was made: it is not on the node any more, or another guest has its VMID. */
  guest?: "gone" | "replaced" | undefined;
}

/** Of a creation: what undoing or cancelling removes. Of an operation: what cancelling does, and what it does not. Empty once the run has ended. */
export function undoPlan(run: UndoableRun): string[] {
  if (!isActive(run.state)) return [];
  return runKinds[run.kind].undoable ? undoing(run) : cancelling(run);
}

function undoing({ steps, vmid, node, guest: known }: UndoableRun): string[] {
  const guest = vmid === null ? "the container" : `CT ${vmid}`;
  const rest = [...(vmid === null ? [] : [`Give VMID ${vmid} back`]), "Its record stays, for the history"];
  if (known === "gone") return [`Nothing is destroyed: ${guest} is not on ${node} any more`, ...rest];
  if (known === "replaced")
    return [`Nothing is destroyed: ${guest} on ${node} is another guest now, and is left alone`, ...rest];
  const inside = steps
    .filter(({ kind, state }) => (kind === "script" || kind === "packages") && underWay(state))
    .map(({ title }) => `Stop “${title}” in ${guest}`);
  const create = steps.find(({ kind }) => kind === "create");
  // A create that failed or is under way may have left something: it is looked for, and removed when it is ours.
  if (create === undefined || !begun(create.state)) return [...inside, ...rest];
  const made = over(create.state) ? guest : `what was made of ${guest}`;
  return [...inside, `Stop and destroy ${made} on ${node}, with its disks`, ...rest];
}

function cancelling({ kind, steps, vmid, node, hostname, guest: known }: UndoableRun): string[] {
  const guest = vmid === null ? hostname : `CT ${vmid}`;
  const waiting = steps
    .filter(({ state }) => state === "pending")
    .map(({ title }) => `“${title}” is not begun`)
    .reverse();
  const unfinished = steps
    .filter(({ state }) => underWay(state))
    .map(({ title }) => `“${title}”: what ${node} was already told to do may still finish`);
  const removed =
    runKinds[kind].guest === "removes" && steps.some(({ kind: step, state }) => step === "destroy" && begun(state));
  if (known !== undefined)
    return [
      ...waiting,
      ...unfinished,
      known === "gone"
        ? `${guest} is not on ${node} any more`
        : `${guest} on ${node} is another guest now, and is left alone`,
    ];
  return [
    ...waiting,
    ...unfinished,
    removed
      ? `If ${node} has begun to destroy ${guest}, that is carried through: nothing takes it back`
      : `${guest} stays on ${node}, as it then is`,
  ];
}

const begun = (state: StepState): boolean => state !== "pending" && state !== "skipped";
const over = (state: StepState): boolean => state === "done" || state === "warning";
const underWay = (state: StepState): boolean => state === "running" || state === "waiting";
