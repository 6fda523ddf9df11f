// Every state the screens show, with its word and its tone: one table, one badge.
import type { NodeState, RunState, StepState } from "@homeport/db/types";
import type { ContainerState } from "../container/container-state";

/** Tones are drawn by the badge, each with its own icon, so that colour never stands alone. */
type Tone = "good" | "idle" | "busy" | "wait" | "bad" | "unknown";
export interface StateLabel {
  label: string;
  tone: Tone;
}

export const containerStateLabels: Record<ContainerState, StateLabel> = {
  running: { label: "Running", tone: "good" },
  stopped: { label: "Stopped", tone: "idle" },
  starting: { label: "Starting", tone: "busy" },
  rebooting: { label: "Rebooting", tone: "busy" },
  stopping: { label: "Stopping", tone: "busy" },
  creating: { label: "Creating", tone: "busy" },
  waiting: { label: "Waiting", tone: "wait" },
  failed: { label: "Failed", tone: "bad" },
  unknown: { label: "Unknown", tone: "unknown" },
  replaced: { label: "Replaced", tone: "bad" },
  deleting: { label: "Deleting", tone: "busy" },
  deleted: { label: "Deleted", tone: "idle" },
};

export const runStateLabels: Record<RunState, StateLabel> = {
  queued: { label: "Queued", tone: "wait" },
  running: { label: "Running", tone: "busy" },
  waiting: { label: "Waiting", tone: "wait" },
  awaiting_decision: { label: "Awaiting decision", tone: "bad" },
  paused: { label: "Paused", tone: "wait" },
  done: { label: "Done", tone: "good" },
  done_with_warnings: { label: "Done with warnings", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "idle" },
  undone: { label: "Undone", tone: "idle" },
};

export const stepStateLabels: Record<StepState, StateLabel> = {
  pending: { label: "To do", tone: "idle" },
  running: { label: "Running", tone: "busy" },
  waiting: { label: "Waiting", tone: "wait" },
  done: { label: "Done", tone: "good" },
  warning: { label: "Done with warnings", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  skipped: { label: "Skipped", tone: "idle" },
  undone: { label: "Undone", tone: "idle" },
};

export const nodeStateLabels: Record<NodeState, StateLabel> = {
  unverified: { label: "Not confirmed", tone: "wait" },
  online: { label: "Online", tone: "good" },
  needs_attention: { label: "Needs attention", tone: "bad" },
  unreachable: { label: "Unreachable", tone: "bad" },
  key_changed: { label: "Key changed", tone: "bad" },
};
