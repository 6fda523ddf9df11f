// One batch with all its containers, in the order of their names' pattern.
import { batchNames } from "@homeport/domain/batch/batch-input";
import { staticAddresses } from "@homeport/domain/container/network";
import { readWaitingFor } from "@homeport/domain/run/waiting";
import { containerOf } from "@homeport/domain/run/run-subject";
import { ContainerSpec } from "../containers/spec";
import { readTemplateNames, unknownTemplate } from "../containers/template-names";
import type { MemberContext } from "../context";
import { currentStep } from "../runs/view";
import { owned } from "../access/owned";
import {
  batchRun,
  type BatchRun,
  batchSummary,
  newest,
  toBatchSummary,
  type BatchDetail,
  type BatchItem,
} from "./view";

export async function getBatch(ctx: MemberContext, id: string): Promise<BatchDetail> {
  const { row: batch } = await owned(
    ctx,
    { noun: "batch", id, permission: "run:read" },
    { ...batchSummary, input: true, runs: { select: batchRun, orderBy: { id: "asc" } } },
  );
  const names = await readTemplateNames(ctx.db, [batch.templateRevisionId]);
  const asked = batchNames(batch.input);
  const items = newest(batch.runs).map((run): BatchItem => toItem(run, timesOf(run, batch.runs)));
  const place = new Map(asked.map((hostname, index) => [hostname, index]));
  items.sort((a, b) => (place.get(a.hostname) ?? asked.length) - (place.get(b.hostname) ?? asked.length));
  return { ...toBatchSummary(batch, names.get(batch.templateRevisionId) ?? unknownTemplate), items };
}

function toItem({ id, input, steps, ...run }: BatchRun, times: number): BatchItem {
  const container = containerOf(run);
  const { hostname, address } = readRequested(input);
  return {
    hostname,
    runId: id,
    containerId: container.id,
    vmid: container.vmid,
    address: container.address ?? address,
    lifecycle: container.lifecycle,
    state: run.state,
    step: currentStep(steps),
    waitingFor: readWaitingFor(run.waitingFor),
    error: run.error,
    cancelRequested: run.cancelRequestedAt !== null,
    times,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

/** Follows the runs that it did again. */
function timesOf(run: BatchRun, all: readonly BatchRun[]): number {
  const before = all.find(({ id }) => id === run.againOfId);
  return before === undefined ? 1 : 1 + timesOf(before, all);
}

function readRequested(input: unknown): { hostname: string; address: string | null } {
  const { success, data } = ContainerSpec.safeParse(input);
  if (!success) return { hostname: "", address: null };
  return { hostname: data.hostname, address: staticAddresses(data.network)[0] ?? null };
}
