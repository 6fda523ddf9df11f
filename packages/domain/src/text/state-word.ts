// Every state the screens show, with its word and its tone: one table, one badge.
import type { NodeState, RunState, StepState } from "@homeport/db/types";
import type { ContainerState } from "../container/container-state";

/** Tones are drawn by the badge, each with its own icon, so that colour never stands alone. */
type Tone = "good" | "idle" | "busy" | "wait" | "bad" | "unknown";
export interface StateWord {
  word: string;
  tone: Tone;
}

export const containerWords: Record<ContainerState, StateWord> = {
  running: { word: "Running", tone: "good" },
  stopped: { word: "Stopped", tone: "idle" },
  starting: { word: "Starting", tone: "busy" },
  rebooting: { word: "Rebooting", tone: "busy" },
  stopping: { word: "Stopping", tone: "busy" },
  creating: { word: "Creating", tone: "busy" },
  waiting: { word: "Waiting", tone: "wait" },
  failed: { word: "Failed", tone: "bad" },
  unknown: { word: "Unknown", tone: "unknown" },
  replaced: { word: "Replaced", tone: "bad" },
  deleting: { word: "Deleting", tone: "busy" },
  deleted: { word: "Deleted", tone: "idle" },
};

export const runWords: Record<RunState, StateWord> = {
  queued: { word: "Queued", tone: "wait" },
  running: { word: "Running", tone: "busy" },
  waiting: { word: "Waiting", tone: "wait" },
  awaiting_decision: { word: "Awaiting decision", tone: "bad" },
  paused: { word: "Paused", tone: "wait" },
  done: { word: "Done", tone: "good" },
  done_with_warnings: { word: "Done with warnings", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "idle" },
  undone: { word: "Undone", tone: "idle" },
};

export const stepWords: Record<StepState, StateWord> = {
  pending: { word: "To do", tone: "idle" },
  running: { word: "Running", tone: "busy" },
  waiting: { word: "Waiting", tone: "wait" },
  done: { word: "Done", tone: "good" },
  warning: { word: "Done with warnings", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  skipped: { word: "Skipped", tone: "idle" },
  undone: { word: "Undone", tone: "idle" },
};

export const nodeWords: Record<NodeState, StateWord> = {
  unverified: { word: "Not confirmed", tone: "wait" },
  online: { word: "Online", tone: "good" },
  needs_attention: { word: "Needs attention", tone: "bad" },
  unreachable: { word: "Unreachable", tone: "bad" },
  key_changed: { word: "Key changed", tone: "bad" },
};
