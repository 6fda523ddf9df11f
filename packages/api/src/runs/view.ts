// What a person sees of a run: a summary for lists, the steps for its page, the log in pieces.
import type { Prisma } from "@homeport/db/client";
import type { StepState } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { StepKind } from "@homeport/domain/run/run-plan";
import type { Decision, Steer } from "@homeport/domain/run/run-state";
import type { StepDetail } from "@homeport/domain/run/step-detail";
import { readWaitingFor, type WaitingFor } from "@homeport/domain/run/waiting";
import { type ContainerOf, containerOf } from "@homeport/domain/run/run-subject";
import { guestOwner } from "@homeport/records/guests";
import type { TemplateName } from "../containers/view";

export const runSummary = {
  id: true,
  kind: true,
  state: true,
  error: true,
  waitingFor: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  container: { select: { id: true, hostname: true, vmid: true, templateRevisionId: true } },
  node: { select: { id: true, name: true } },
  user: { select: { name: true } },
  steps: { select: { title: true, position: true, state: true }, orderBy: { position: "asc" } },
} as const satisfies Prisma.RunSelect;
type SummaryRow = Prisma.RunGetPayload<{ select: typeof runSummary }>;

/** The step a run is at, counted from 1. */
export interface StepPosition {
  title: string;
  position: number;
  total: number;
}

/** What is shown of the container of a run. */
type RunContainer = Pick<ContainerOf<SummaryRow>, "id" | "hostname" | "vmid">;

export type RunSummary = Omit<SummaryRow, "container" | "steps" | "waitingFor"> & {
  waitingFor: WaitingFor | null;
  container: RunContainer;
  step: StepPosition | null;
};

export type RunView = RunSummary & { template: Pick<TemplateName, "name" | "title"> };

export const runDetail = {
  id: true,
  kind: true,
  state: true,
  version: true,
  workflowId: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  error: true,
  waitingFor: true,
  cancelRequestedAt: true,
  /** A pause was asked for: it holds before its next step, or does already. */
  pauseRequestedAt: true,
  /** The plan that the person confirmed. */
  planHash: true,
  logsDroppedAt: true,
  /** The run whose inputs it was made from. */
  againOf: { select: { id: true, container: { select: { hostname: true } } } },
  batch: { select: { id: true, title: true } },
  input: true,
  container: { select: { ...guestOwner, hostname: true, templateRevisionId: true } },
  node: { select: { id: true, name: true } },
  user: { select: { name: true } },
  byLease: true,
  steps: {
    select: {
      id: true,
      name: true,
      title: true,
      position: true,
      state: true,
      attempt: true,
      tries: true,
      error: true,
      detail: true,
      warnings: true,
      startedAt: true,
      endedAt: true,
    },
    orderBy: { position: "asc" },
  },
} as const satisfies Prisma.RunSelect;
type DetailRow = Prisma.RunGetPayload<{ select: typeof runDetail }>;

/** `position` is counted from 1. */
export type StepView = Omit<DetailRow["steps"][number], "detail"> & {
  kind: StepKind | null;
  detail: StepDetail | null;
  /** The median of earlier runs; null while there are none. */
  expectedSeconds: number | null;
  /** The template lets a person skip it when it failed. */
  optional: boolean;
  /** Running it again after an interruption does no harm. */
  repeatable: boolean;
  /** What of it a person can change before it is tried again. */
  editable: "script" | "packages" | "spec" | null;
  /** Every attempt, oldest first. */
  attempts: AttemptView[];
};

export interface AttemptView {
  attempt: number;
  state: StepState;
  error: string | null;
  detail: StepDetail | null;
  startedAt: Date | null;
  endedAt: Date | null;
  /** A person changed something for it. */
  edited: boolean;
}

/** What a person decided about the run. */
export interface DecisionView {
  decision: Decision | Steer | "cancel";
  step: string | null;
  /** The name of who decided; null once their account is gone. */
  by: string | null;
  at: Date;
  edited: boolean;
  /** False while the engine is away: it is handed over later. */
  delivered: boolean;
  /** Why the engine did not take it: it came too late. */
  refusal: string | null;
}

/** Its place in the queue for a node; null while it does not stand in one. */
export interface SlotView {
  pool: string;
  /** Counted from 1. */
  position: number;
  ahead: number;
  limit: number;
}

export type RunDetail = Omit<DetailRow, "workflowId" | "waitingFor" | "againOf" | "input" | "container" | "steps"> & {
  container: RunContainer;
  template: Omit<TemplateName, "icon">;
  waitingFor: WaitingFor | null;
  againOf: { id: string; hostname: string } | null;
  /** What cancelling or undoing would do now, in sentences, newest deed first. */
  undoPlan: string[];
  slot: SlotView | null;
  /** Oldest first. */
  decisions: DecisionView[];
  /** What was asked for; null for operations, which need no more than their kind. */
  input: ContainerSpec | null;
  expectedSeconds: number | null;
  temporalUrl: string | null;
  steps: StepView[];
};

export const logPiece = {
  id: true,
  stepId: true,
  attempt: true,
  stream: true,
  byteOffset: true,
  text: true,
  createdAt: true,
} as const satisfies Prisma.RunLogSelect;
type LogRow = Prisma.RunLogGetPayload<{ select: typeof logPiece }>;
export type LogPiece = Omit<LogRow, "id" | "byteOffset"> & { id: string; byteOffset: number };

export function toRunSummary({ steps, ...row }: SummaryRow): RunSummary {
  const { id, hostname, vmid } = containerOf(row);
  return {
    ...row,
    waitingFor: readWaitingFor(row.waitingFor),
    container: { id, hostname, vmid },
    step: currentStep(steps),
  };
}

/** The first step that is not over: the one that runs, waits, failed or comes next. Null when all are. */
export function currentStep(steps: readonly { title: string; state: StepState }[]): StepPosition | null {
  const over: readonly StepState[] = ["done", "warning", "skipped", "undone"];
  const index = steps.findIndex(({ state }) => !over.includes(state));
  const step = steps[index];
  return step ? { title: step.title, position: index + 1, total: steps.length } : null;
}

const byPrefix: Record<string, StepKind> = { script: "script" };
const kinds: readonly StepKind[] = [
  "plan",
  "reserve",
  "image",
  "create",
  "start",
  "ready",
  "files",
  "packages",
  "script",
  "discover",
  "finish",
  "shutdown",
  "stop",
  "reboot",
  "destroy",
  "release",
];

/** From its stable name: "create", "script-configure". */
export function stepKind(name: string): StepKind | null {
  return kinds.find((kind) => kind === name) ?? byPrefix[name.split("-")[0] ?? ""] ?? null;
}
