// One run with its steps.
import type { MemberContext } from "../context";
import { ContainerSpec } from "../containers/spec";
import { engineUrlFor } from "../engine/may-read";
import { readTemplateNames, unknownTemplate } from "../containers/template-names";
import { editableAs } from "@homeport/domain/run/step-edit";
import { undoPlan } from "@homeport/domain/run/undo-plan";
import { estimateRun } from "@homeport/domain/run/run-estimate";
import { readWaitingFor } from "@homeport/domain/run/waiting";
import { containerOf } from "@homeport/domain/run/run-subject";
import { readExpected, type Expected } from "./expected";
import { readGuestNow } from "./guest-now";
import { owned } from "../access/owned";
import { plainStep, readScriptFlags, type StepFlags } from "./script-flags";
import { readSteering } from "./steering";
import { readSlot } from "./slots";
import { readStepDetail } from "@homeport/domain/run/step-detail";
import { runDetail, stepKind, type RunDetail } from "./view";

/** What does not change while a run goes on; read once by those who watch it. */
export interface RunBackground {
  expected: Expected;
  template: RunDetail["template"];
  flags: ReadonlyMap<string, StepFlags>;
  /** Of the Temporal UI, for somebody who may see it. */
  engineUrl: string | null;
}

export async function getRun(ctx: MemberContext, id: string, background?: RunBackground): Promise<RunDetail> {
  // The run's row is read before its steps: they may be newer than its version, never older, and then a later version follows.
  const { row: run } = await owned(ctx, { noun: "run", id, permission: "run:read" }, runDetail);
  const { steps, input, againOf, workflowId, ...rest } = run;
  const container = containerOf(run);
  const [{ attempts, decisions }, slot, guest] = await Promise.all([
    readSteering(ctx.db, id),
    readSlot(ctx.db, id),
    readGuestNow(ctx.db, { ...run, container }, ctx.clock()),
  ]);
  const { expected, template, flags, engineUrl } =
    background ?? (await readBackground(ctx, { kind: run.kind, templateRevisionId: container.templateRevisionId }));
  const spec = ContainerSpec.safeParse(input).data ?? null;
  const leftOut = spec !== null && spec.packagesOff.length + spec.scriptsOff.length > 0;
  return {
    ...rest,
    waitingFor: readWaitingFor(run.waitingFor),
    container: { id: container.id, hostname: container.hostname, vmid: container.vmid },
    template,
    input: spec,
    expectedSeconds: estimateRun(steps, { ...expected, leftOut }).seconds,
    temporalUrl:
      engineUrl &&
      `${engineUrl}/namespaces/${encodeURIComponent(ctx.config.temporalNamespace)}/workflows/${encodeURIComponent(workflowId ?? id)}`,
    againOf: againOf && { id: againOf.id, hostname: containerOf(againOf).hostname },
    undoPlan: undoPlan({
      kind: run.kind,
      state: run.state,
      steps: steps.map((step) => ({ ...step, kind: stepKind(step.name) })),
      vmid: container.vmid,
      node: run.node.name,
      hostname: container.hostname,
      guest,
    }),
    slot,
    decisions,
    steps: steps.map((step, index) => {
      const kind = stepKind(step.name);
      const { optional, repeatable } = flags.get(step.name) ?? plainStep;
      return {
        ...step,
        detail: readStepDetail(step.detail),
        position: index + 1,
        kind,
        optional,
        repeatable,
        editable: editableAs(kind) ?? null,
        attempts: attempts.get(step.id) ?? [],
        expectedSeconds: expected.stepSeconds.get(step.name) ?? null,
      };
    }),
  };
}

export async function readBackground(
  ctx: MemberContext,
  run: { kind: RunDetail["kind"]; templateRevisionId: string },
): Promise<RunBackground> {
  const { db } = ctx;
  const [expected, names, flags, engineUrl] = await Promise.all([
    readExpected(db, { ...run, userId: ctx.userId }),
    readTemplateNames(db, [run.templateRevisionId]),
    readScriptFlags(db, run.templateRevisionId),
    engineUrlFor(ctx),
  ]);
  const { name, title, revision } = names.get(run.templateRevisionId) ?? unknownTemplate;
  return { expected, template: { name, title, revision }, flags, engineUrl };
}
