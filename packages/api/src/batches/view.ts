// What a person sees of a batch: how many are where, and each of its containers with the run that makes it.
import type { Prisma } from "@homeport/db/client";
import { batchCounts, type BatchCounts } from "@homeport/domain/batch/batch-state";
import type { WaitingFor } from "@homeport/domain/run/waiting";
import type { ContainerOf } from "@homeport/domain/run/run-subject";
import type { TemplateName } from "../containers/view";
import type { StepPosition } from "../runs/view";

/** What was just made, as the engine wants it. */
export interface Made {
  containerId: string;
  runId: string;
  nodeId: string;
}

export const batchSummary = {
  id: true,
  /** The hostnames' pattern. */
  title: true,
  createdAt: true,
  templateRevisionId: true,
  user: { select: { name: true } },
  node: { select: { id: true, name: true } },
  runs: { select: { id: true, state: true, againOfId: true, cancelRequestedAt: true } },
} as const satisfies Prisma.BatchSelect;
type SummaryRow = Prisma.BatchGetPayload<{ select: typeof batchSummary }>;
type Template = Pick<TemplateName, "name" | "title">;

export type BatchSummary = Omit<SummaryRow, "templateRevisionId" | "runs"> & {
  template: Template;
  counts: BatchCounts;
};

/** A run of a batch, of which each item shows its newest. */
export const batchRun = {
  id: true,
  state: true,
  input: true,
  error: true,
  waitingFor: true,
  againOfId: true,
  cancelRequestedAt: true,
  startedAt: true,
  endedAt: true,
  container: { select: { id: true, vmid: true, address: true, lifecycle: true } },
  steps: { select: { title: true, state: true }, orderBy: { position: "asc" } },
} as const satisfies Prisma.RunSelect;
export type BatchRun = Prisma.RunGetPayload<{ select: typeof batchRun }>;

export type BatchItem = Pick<BatchRun, "state" | "error" | "startedAt" | "endedAt"> &
  Pick<ContainerOf<BatchRun>, "vmid" | "lifecycle"> & {
    hostname: string;
    runId: string;
    containerId: string;
    /** What it has, else what it was asked to have; null while its DHCP has not said. */
    address: string | null;
    step: StepPosition | null;
    /** With its place in the queue, where it waits for a slot. */
    waitingFor: WaitingFor | null;
    cancelRequested: boolean;
    /** How often it was begun, from 1. */
    times: number;
  };

export interface BatchDetail extends BatchSummary {
  items: BatchItem[];
}

export function toBatchSummary(
  { id, title, createdAt, user, node, runs }: SummaryRow,
  template: Template,
): BatchSummary {
  return {
    id,
    title,
    createdAt,
    user,
    node,
    template: { name: template.name, title: template.title },
    counts: batchCounts(newest(runs)),
  };
}

/** Without the runs that another one of the batch did again. */
export function newest<Run extends { id: string; againOfId: string | null }>(runs: readonly Run[]): Run[] {
  const redone = new Set(runs.map(({ againOfId }) => againOfId));
  return runs.filter(({ id }) => !redone.has(id));
}
