// One run with its steps.
import type { MemberContext } from "../context";
import { ContainerSpec } from "../containers/spec";
import { readTemplateNames, unknownTemplate } from "../containers/template-names";
import { readExpected, type Expected } from "./expected";
import { ownRun } from "./own";
import { stepKind, type RunDetail } from "./view";

const select = {
  id: true,
  kind: true,
  state: true,
  version: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  error: true,
  waitingFor: true,
  cancelRequestedAt: true,
  input: true,
  container: { select: { id: true, hostname: true, vmid: true, templateRevisionId: true } },
  node: { select: { id: true, name: true } },
  user: { select: { name: true } },
  steps: {
    select: { id: true, name: true, title: true, position: true, state: true, attempt: true, tries: true, error: true, detail: true, warnings: true, startedAt: true, endedAt: true },
    orderBy: { position: "asc" },
  },
} as const;

/** What does not change while a run goes on; read once by those who watch it. */
export interface RunBackground {
  expected: Expected;
  template: RunDetail["template"];
}

export async function getRun(ctx: MemberContext, id: string, background?: RunBackground): Promise<RunDetail> {
  // The run's row is read before its steps: they may be newer than its version, never older, and then a later version follows.
  const { run } = await ownRun(ctx, { id, permission: "run:read" }, { select });
  const { container, steps, input, ...rest } = run;
  const { expected, template } = background ?? (await readBackground(ctx, { kind: run.kind, templateRevisionId: container.templateRevisionId }));
  return {
    ...rest,
    container: { id: container.id, hostname: container.hostname, vmid: container.vmid },
    template,
    input: ContainerSpec.safeParse(input).data ?? null,
    expectedSeconds: expected.runSeconds,
    temporalUrl: temporalUrl(ctx, id),
    steps: steps.map((step, index) => ({ ...step, position: index + 1, kind: stepKind(step.name), expectedSeconds: expected.stepSeconds.get(step.name) ?? null })),
  };
}

export async function readBackground({ db }: MemberContext, run: { kind: RunDetail["kind"]; templateRevisionId: string }): Promise<RunBackground> {
  const [expected, names] = await Promise.all([readExpected(db, run), readTemplateNames(db, [run.templateRevisionId])]);
  const { name, title, revision } = names.get(run.templateRevisionId) ?? unknownTemplate;
  return { expected, template: { name, title, revision } };
}

function temporalUrl({ config }: MemberContext, runId: string): string | null {
  const { temporalUiUrl, temporalNamespace } = config;
  return temporalUiUrl === undefined ? null : `${temporalUiUrl.replace(/\/$/, "")}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${runId}`;
}
