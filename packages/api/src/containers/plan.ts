// What creating a container would do, as the node says now; kept for a day, so that a create can be held to it.
import { CreateContainerInput, type ContainerSpec } from "@homeport/domain/container-input";
import { ActiveRunStates } from "@homeport/domain/run-state";
import { estimateRun, type RunEstimate } from "@homeport/domain/run-estimate";
import { planProvision } from "@homeport/domain/run-plan";
import { withoutTexts, type PlanDocument } from "@homeport/domain/plan";
import type { MemberContext } from "../context";
import { ownNode } from "../nodes/own";
import { readExpected } from "../runs/expected";
import { readTemplate } from "./create";
import { shownText } from "../templates/shown-file";

export interface PlanView {
  hash: string;
  document: PlanDocument;
  /** The texts of files and scripts, which do not travel through the engine. */
  files: { target: string; content: string }[];
  scripts: { name: string; content: string }[];
  /** Of the steps that will run; `steps` by name, in seconds, which add up to `run.seconds` where earlier runs are the basis. */
  expected: { run: RunEstimate; steps: Record<string, number> };
}

export async function planContainer(ctx: MemberContext, spec: ContainerSpec): Promise<PlanView> {
  const { db, userId, audit } = ctx;
  await ownNode(db, { id: spec.nodeId, userId }, { id: true });
  await ctx.auth.limitPlans(userId);
  const template = await readTemplate(db, spec);
  const [{ hash, document }, expected] = await Promise.all([ctx.engine.plan(spec, { lookInside: true }), readExpected(db, { kind: "provision", templateRevisionId: spec.templateRevisionId })]);
  await keepPlan(ctx, { hash, document, spec });
  audit.nothing("looking changes nothing");
  const steps = planProvision(template, spec, { checked: true });
  return {
    hash,
    document,
    files: template.files.map((file) => ({ target: file.target, content: shownText(file) })),
    scripts: template.scripts.filter(({ name }) => !spec.scriptsOff.includes(name)).map(({ name, content }) => ({ name, content })),
    expected: { run: estimateRun(steps, { ...expected, leftOut: spec.packagesOff.length + spec.scriptsOff.length > 0 }), steps: Object.fromEntries(expected.stepSeconds) },
  };
}

const KEPT_MS = 24 * 3_600_000;

/** Old ones go, but not those that a run still has to compare with. */
export async function keepPlan({ db, userId, clock }: MemberContext, { hash, document: shown, spec }: { hash: string; document: PlanDocument; spec: ContainerSpec }): Promise<void> {
  const document = withoutTexts(shown);
  const input = CreateContainerInput.parse(spec);
  await db.plan.upsert({ where: { userId_hash: { userId, hash } }, create: { userId, hash, input, document, createdAt: clock() }, update: { document, input, createdAt: clock() }, select: { id: true } });
  const awaited = await db.run.findMany({ where: { userId, planHash: { not: null }, state: { in: [...ActiveRunStates] } }, select: { planHash: true } });
  const kept = awaited.flatMap(({ planHash }) => (planHash === null ? [] : [planHash]));
  await db.plan.deleteMany({ where: { userId, createdAt: { lt: new Date(clock().getTime() - KEPT_MS) }, hash: { notIn: kept } } });
}
