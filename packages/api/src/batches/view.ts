// What a person sees of a batch: how many are where, and each of its containers with the run that makes it.
import type { Prisma } from "@homeport/db/client";
import type { ContainerLifecycle, RunState } from "@homeport/db/types";
import { batchCounts, type BatchCounts } from "@homeport/domain/batch/batch-state";
import type { WaitingFor } from "@homeport/domain/run/waiting";
import type { StepPosition } from "../runs/view";

/** What was just made, as the engine wants it. */
export interface Made {
  containerId: string;
  runId: string;
  nodeId: string;
}

export interface BatchSummary {
  id: string;
  /** The hostnames' pattern. */
  title: string;
  createdAt: Date;
  user: { name: string };
  node: { id: string; name: string };
  template: { name: string; title: string };
  counts: BatchCounts;
}

export interface BatchItem {
  hostname: string;
  runId: string;
  containerId: string;
  vmid: number | null;
  /** What it has, else what it was asked to have; null while its DHCP has not said. */
  address: string | null;
  lifecycle: ContainerLifecycle;
  state: RunState;
  step: StepPosition | null;
  /** With its place in line, where it waits for its turn. */
  waitingFor: WaitingFor | null;
  error: string | null;
  cancelRequested: boolean;
  /** How often it was begun, from 1. */
  times: number;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface BatchDetail extends BatchSummary {
  items: BatchItem[];
}

export const batchSummary = {
  id: true,
  title: true,
  createdAt: true,
  templateRevisionId: true,
  user: { select: { name: true } },
  node: { select: { id: true, name: true } },
  runs: { select: { id: true, state: true, againOfId: true, cancelRequestedAt: true } },
} as const satisfies Prisma.BatchSelect;
type SummaryRow = Prisma.BatchGetPayload<{ select: typeof batchSummary }>;

export function toBatchSummary(
  { id, title, createdAt, user, node, runs }: SummaryRow,
  template: { name: string; title: string },
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
