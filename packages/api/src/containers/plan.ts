// What creating a container would do, as the node says now; kept for a day, so that a create can be held to it.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { estimateRun, type RunEstimate } from "@homeport/domain/run/run-estimate";
import { planProvision } from "@homeport/domain/run/run-plan";
import { withoutTexts, type PlanDocument } from "@homeport/domain/plan/plan";
import { type Bound, takenBy } from "@homeport/domain/quota/quota";
import type { MemberContext } from "../context";
import { requireProject } from "../access/projects";
import { readBounds } from "../quotas/bounds";
import { overQuota, requireWithinShare } from "../quotas/require-room";
import { owned } from "../access/owned";
import { readExpected } from "../runs/expected";
import { readTemplate } from "./create";
import { shownText } from "../templates/shown-file";

export interface PlanView {
  hash: string;
  document: PlanDocument;
  /** What is limited for the caller here, with what is taken now, without this container. */
  quotas: Bound[];
  /** Why it would be refused all the same; null: there is room for it. */
  noRoom: string | null;
  /** The texts of files and scripts, which do not travel through the engine. */
  files: { target: string; content: string }[];
  scripts: { name: string; content: string }[];
  /** Of the steps that will run; `steps` by name, in seconds, which add up to `run.seconds` where earlier runs are the basis. */
  expected: { run: RunEstimate; steps: Record<string, number> };
}

export async function planContainer(
  ctx: MemberContext,
  { projectId, ...spec }: ContainerSpec & { projectId: string },
): Promise<PlanView> {
  const { db, userId, audit } = ctx;
  const { organizationId } = await requireProject(ctx, { projectId, permission: "container:write" });
  await owned(ctx, { noun: "usableNode", id: spec.nodeId, permission: "container:write", projectId }, { id: true });
  await ctx.auth.limitPlans(userId);
  const template = await readTemplate(db, spec);
  const room = await readBounds(db, { projectId, organizationId, userId, nodeId: spec.nodeId });
  requireWithinShare(room.share, { specs: [spec], template: template.name });
  const [{ hash, document }, expected] = await Promise.all([
    ctx.engine.plan(spec, { lookInside: true, creator: { projectId, userId } }),
    readExpected(db, { kind: "provision", templateRevisionId: spec.templateRevisionId, userId }),
  ]);
  await keepPlan(ctx, { hash, document, spec });
  audit.nothing("looking changes nothing");
  const steps = planProvision(template, spec, { checked: true });
  return {
    hash,
    document,
    quotas: room.quotas,
    noRoom: overQuota(room.quotas, takenBy(spec))?.text ?? null,
    files: template.files.map((file) => ({ target: file.target, content: shownText(file) })),
    scripts: template.scripts
      .filter(({ name }) => !spec.scriptsOff.includes(name))
      .map(({ name, content }) => ({ name, content })),
    expected: {
      run: estimateRun(steps, { ...expected, leftOut: spec.packagesOff.length + spec.scriptsOff.length > 0 }),
      steps: Object.fromEntries(expected.stepSeconds),
    },
  };
}

const KEPT_MS = 24 * 3_600_000;

interface Kept {
  hash: string;
  document: PlanDocument;
  spec: ContainerSpec;
}

export function keepPlan(ctx: MemberContext, plan: Kept): Promise<void> {
  return keepPlans(ctx, [plan]);
}

/** Old ones go, but not those that a run still has to compare with. */
export async function keepPlans({ db, userId, clock }: MemberContext, plans: readonly Kept[]): Promise<void> {
  const rows = plans.map(({ hash, document, spec }) => ({
    userId,
    hash,
    input: spec,
    document: withoutTexts(document),
    createdAt: clock(),
  }));
  // The same hash is the same plan; of one that is there only its age changes.
  const { count } = await db.plan.createMany({ data: rows, skipDuplicates: true });
  if (count < rows.length)
    await db.plan.updateMany({
      where: { userId, hash: { in: rows.map(({ hash }) => hash) } },
      data: { createdAt: clock() },
    });
  const old = await db.plan.findMany({
    where: { userId, createdAt: { lt: new Date(clock().getTime() - KEPT_MS) } },
    select: { id: true, hash: true },
    orderBy: { createdAt: "asc" },
    take: 500,
  });
  if (old.length === 0) return;
  const awaited = await db.run.findMany({
    where: { userId, planHash: { in: old.map(({ hash }) => hash) }, state: { in: [...ActiveRunStates] } },
    select: { planHash: true },
  });
  const kept = new Set(awaited.map(({ planHash }) => planHash));
  await db.plan.deleteMany({ where: { id: { in: old.filter(({ hash }) => !kept.has(hash)).map(({ id }) => id) } } });
}
