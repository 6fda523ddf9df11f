// Asks a run to stop; a creation is undone.
import { AppError } from "@homeport/domain/error";
import { whyNotCancel } from "@homeport/domain/run-state";
import type { MemberContext } from "../context";
import { ownRun } from "./own";

export async function cancelRun(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const select = { kind: true, state: true, cancelRequestedAt: true, container: { select: { id: true, hostname: true } } } as const;
  await ctx.db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    const { run, membership } = await ownRun(ctx, { id, permission: "run:write" }, { select, within: transaction });
    const refusal = whyNotCancel(run);
    if (refusal !== undefined) throw new AppError("conflict", refusal);
    await transaction.run.update({ where: { id }, data: { cancelRequestedAt: ctx.clock(), version: { increment: 1 } } });
    await ctx.audit(transaction, {
      action: "run.cancel",
      target: { type: "run", id, name: run.container.hostname },
      organizationId: membership.organizationId,
      projectId: membership.projectId,
      details: { container: run.container.id, kind: run.kind },
    });
  });
  await ctx.engine.cancel(id).catch(async (cause: unknown) => {
    ctx.log({ id, path: "runs.cancel", error: cause });
    // Not "being cancelled" for ever: the person can ask again. Had the engine heard it after all, it ends the run anyway.
    await ctx.db.run.updateMany({ where: { id, endedAt: null }, data: { cancelRequestedAt: null, version: { increment: 1 } } });
    throw new AppError("unavailable", "The engine does not answer; the run was not cancelled. Try again in a moment.", { cause });
  });
  return { id };
}
