// Every create is held to a plan: the one that its person saw, or one that is made now. What moved, or is in the way, is said instead of done.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { AppError } from "@homeport/domain/error";
import { findingField, isNodeAway, PlanDocument, type PlanFinding } from "@homeport/domain/plan/plan";
import { planChanges } from "@homeport/domain/plan/plan-changes";
import type { MemberContext } from "../context";
import { keepPlan, keepPlans } from "./plan";

/**
 * What a run is held to. `live`: the node just said so. Else the engine or the node is away: the click is taken, and the run's first
 * step asks; with `planHash` null it makes the plan.
 */
export interface Agreed {
  planHash: string | null;
  live: boolean;
}

interface AskedFor {
  spec: ContainerSpec;
  projectId: string;
}

/** Throws `conflict` with what changed, or with what stands in the way. `hash`: of the plan that was seen; absent: there was none. */
export async function agree(ctx: MemberContext, asked: AskedFor, hash: string | undefined): Promise<Agreed> {
  if (hash !== undefined) return { planHash: hash, live: await requireAgreed(ctx, asked, hash) };
  const { spec, projectId } = asked;
  const now = await ask(ctx, () =>
    ctx.engine.plan(spec, { toCreate: true, creator: { projectId, userId: ctx.userId } }),
  );
  if (now === null || isNodeAway(now.document)) return { planHash: null, live: false };
  requireClear(now.document.blockers);
  await keepPlan(ctx, { ...now, spec });
  return { planHash: now.hash, live: true };
}

/** What each member of a batch is held to, or the first thing that stands in its way. */
export async function agreeAll(
  ctx: MemberContext,
  { specs, projectId }: { specs: readonly ContainerSpec[]; projectId: string },
): Promise<(Agreed & { obstacle?: PlanFinding })[]> {
  const creator = { projectId, userId: ctx.userId };
  const plans = specs.length === 0 ? [] : await ask(ctx, () => ctx.engine.planBatch(specs, creator));
  const kept: Parameters<typeof keepPlans>[1][number][] = [];
  const agreed = specs.map((spec, index): Agreed & { obstacle?: PlanFinding } => {
    const plan = plans?.[index];
    if (plan === undefined || isNodeAway(plan.document)) return { planHash: null, live: false };
    const [obstacle] = plan.document.blockers;
    if (obstacle !== undefined) return { planHash: null, live: true, obstacle };
    kept.push({ ...plan, spec });
    return { planHash: plan.hash, live: true };
  });
  if (kept.length > 0) await keepPlans(ctx, kept);
  return agreed;
}

/** Answers whether the node said so just now. */
async function requireAgreed(ctx: MemberContext, { spec, projectId }: AskedFor, hash: string): Promise<boolean> {
  const { db, userId } = ctx;
  const seen = await db.plan.findUnique({ where: { userId_hash: { userId, hash } }, select: { document: true } });
  const before = PlanDocument.safeParse(seen?.document).data;
  if (before === undefined)
    throw new AppError("plan.unknown", "This plan is not known any more. Review again.", { changes: [] });
  const now = await ask(ctx, () => ctx.engine.plan(spec, { toCreate: true, creator: { projectId, userId } }));
  if (now !== null && now.hash !== hash)
    throw new AppError("plan.changed", "The node has changed since your review.", {
      // A plan is of its person: a token for some projects is not told what one of another held.
      changes: (ctx.scope?.projectIds ?? null) === null ? planChanges(before, now.document) : [],
    });
  requireClear((now?.document ?? before).blockers);
  return now !== null;
}

/** At the field that can mend it, where there is one; `under`: where the input holds the spec, such as "edit.spec.". */
export function requireClear([first]: readonly PlanFinding[], under = ""): void {
  if (first === undefined) return;
  const field = findingField(first);
  throw new AppError(
    "plan.obstacle",
    obstacleText(first),
    field === undefined ? {} : { fields: { [`${under}${field}`]: first.text } },
  );
}

export const obstacleText = ({ text, fix }: PlanFinding): string => (fix === undefined ? text : `${text} ${fix}`);

/** Null while the engine is away; what its trouble is, its status says, and the click is not lost for it. */
export async function ask<Answer>(ctx: MemberContext, question: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await question();
  } catch (error) {
    ctx.log({ id: "plan", path: "containers.create", error });
    return null;
  }
}
