// Whether a create is still what its person saw: the node is asked once more, and what moved is said instead of done.
import type { ContainerSpec } from "@homeport/domain/container-input";
import { AppError } from "@homeport/domain/error";
import { PlanDocument } from "@homeport/domain/plan";
import { planChanges } from "@homeport/domain/plan-changes";
import type { MemberContext } from "../context";

/**
 * `"live"`: the node just said so. `"later"`: the engine is away, so the click is taken and the run's first step asks.
 * Throws `conflict` with what changed, or with what stands in the way.
 */
export async function requireAgreed(ctx: MemberContext, spec: ContainerSpec, hash: string): Promise<"live" | "later"> {
  const { db, userId } = ctx;
  const seen = await db.plan.findUnique({ where: { userId_hash: { userId, hash } }, select: { document: true } });
  const before = PlanDocument.safeParse(seen?.document).data;
  if (before === undefined) throw new AppError("plan.unknown", "This plan is not known any more. Look at it again.", { changes: [] });
  const now = await ctx.engine.plan(spec).catch((error: unknown) => {
    // What the engine's own trouble is, its status says; the click is not lost for it.
    ctx.log({ id: "plan", path: "containers.create", error });
    return null;
  });
  const { blockers } = now?.document ?? before;
  if (now !== null && now.hash !== hash) throw new AppError("plan.changed", "The node changed since you looked.", { changes: planChanges(before, now.document) });
  const [first] = blockers;
  if (first) throw new AppError("plan.obstacle", first.text);
  return now === null ? "later" : "live";
}
