// What a run is, as its workflow reads it when it begins; its row shows from then on that it is under way.
import { openRun as writeOpened } from "@homeport/records/run-moves";
import type { Db } from "@homeport/db/client";
import type { RunKind } from "@homeport/db/types";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import { planOperation, planProvision, type PlannedStep } from "@homeport/domain/run/run-plan";
import { isActive } from "@homeport/domain/run/run-state";
import { containerOf } from "@homeport/domain/run/run-subject";
import { isOfTemplate } from "@homeport/domain/run/run-kinds";
import { readBlueprint } from "./blueprint";
import { type OfTask, recordOf } from "../record-of";

interface FactsOfStep extends PlannedStep {
  attempt: number;
  /** A person may skip it when it failed. */
  optional?: boolean;
  /** Running it again after an interruption does no harm. */
  repeatable?: boolean;
  /** Its row shows that it was tried, in an earlier workflow of this run. */
  begun?: boolean;
  /** A person skipped it, in an earlier workflow of this run. */
  skipped?: boolean;
}

export interface RunFacts {
  kind: RunKind;
  /** With the attempt that each step is at: more than 1 when an earlier workflow of this run was lost. */
  steps: FactsOfStep[];
  vmid: number | null;
  /** The person typed the VMID: another one would be wrong. */
  vmidTyped: boolean;
  cancelRequested: boolean;
  /** Absent in the histories of the first release. */
  pauseRequested?: boolean;
  /** Ended already: there is nothing to do. */
  ended: boolean;
  names: { hostname: string; node: string; template: string; user: string };
  marker: string;
}

/** Reads what the run is and marks it as begun. */
export async function openRun(db: Db, { runId, ...of }: OfTask & { runId: string }): Promise<RunFacts> {
  const run = await db.run.findUniqueOrThrow({
    where: { id: runId },
    select: {
      kind: true,
      state: true,
      cancelRequestedAt: true,
      pauseRequestedAt: true,
      steps: { select: { name: true, attempt: true, state: true } },
      node: { select: { name: true } },
      user: { select: { email: true } },
      container: {
        select: {
          id: true,
          hostname: true,
          vmid: true,
          templateRevision: { select: { template: { select: { name: true } } } },
        },
      },
    },
  });
  const container = containerOf(run);
  const ended = !isActive(run.state);
  if (!ended) await writeOpened(db, { runId, by: recordOf(of) });
  const { spec, template } = await readBlueprint(db, container.id);
  const plan = isOfTemplate(run.kind)
    ? planProvision(template, spec, { checked: run.steps.some(({ name }) => name === "plan") })
    : planOperation(run.kind);
  const rows = new Map(run.steps.map((step) => [step.name, step]));
  const scripts = new Map(template.scripts.map((script) => [script.name, script]));
  return {
    kind: run.kind,
    // A run that was asked for before a step was invented has no row for it.
    steps: plan
      .filter(({ name }) => rows.has(name))
      .map((step) => {
        const { optional = false, repeatable = true } = scripts.get(step.script ?? "") ?? {};
        const { attempt = 1, state } = rows.get(step.name) ?? {};
        return {
          ...step,
          attempt,
          optional,
          repeatable,
          skipped: state === "skipped",
          ...(state === "pending" ? {} : { begun: true }),
        };
      }),
    vmid: container.vmid,
    vmidTyped: spec.vmid !== null,
    cancelRequested: run.cancelRequestedAt !== null,
    pauseRequested: run.pauseRequestedAt !== null,
    ended,
    names: {
      hostname: container.hostname,
      node: run.node.name,
      template: container.templateRevision.template.name,
      user: run.user.email,
    },
    marker: ownershipTag(container.id),
  };
}
