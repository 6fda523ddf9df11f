// Hands a person's decision to a run that waits for one.
import { AppError } from "@homeport/domain/error";
import { whyNotDecide, type Decision } from "@homeport/domain/run-state";
import type { MemberContext } from "../context";
import { ownRun } from "./own";

export async function decideRun(ctx: MemberContext, { id, decision, requestKey }: { id: string; decision: Decision; requestKey: string }): Promise<{ id: string }> {
  const select = { kind: true, state: true, container: { select: { id: true, hostname: true } } } as const;
  const { run, membership } = await ownRun(ctx, { id, permission: "run:write" }, { select });
  const refusal = whyNotDecide(decision, run);
  if (refusal !== undefined) throw new AppError("conflict", refusal);
  // Told before it is done: the engine is not part of the transaction, and a decision without a line must not be.
  await ctx.audit(ctx.db, {
    action: `run.${decision}`,
    target: { type: "run", id, name: run.container.hostname },
    organizationId: membership.organizationId,
    projectId: membership.projectId,
    details: { container: run.container.id },
  });
  await ctx.engine.decide(id, decision, requestKey).catch((cause: unknown) => {
    ctx.log({ id, path: "runs.decide", error: cause });
    throw cause instanceof AppError ? cause : new AppError("unavailable", "The engine does not answer; nothing was decided. Try again in a moment.", { cause });
  });
  return { id };
}
