// Refuses a request for a container beyond a quota, or takes it back.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import type { QuotaOf } from "@homeport/domain/quota/quota";
import type { MemberContext } from "../context";
import { type Found, findApproval, lockApproval } from "./find";
import { mailAsker } from "./mail";

/** By whoever could raise one of the quotas, also after they approved it for that one. */
export async function refuse(
  ctx: MemberContext,
  { id, answer }: { id: string; answer: string },
): Promise<{ id: string }> {
  await findApproval(ctx, id); // no lock is taken for what is not theirs
  return ctx.db.$transaction(async (transaction) => {
    const request = await lockApproval(ctx, transaction, id);
    if (!request.beyond.some((of) => request.mine.includes(of))) throw decidedElsewhere(request);
    await settle(ctx, transaction, { id, decision: "refused", answer });
    await ctx.audit(transaction, { action: "approval.refuse", ...about(id, request) });
    await mailAsker(ctx, transaction, { id, approved: false });
    return { id };
  });
}

export async function withdraw(ctx: MemberContext, id: string): Promise<{ id: string }> {
  await findApproval(ctx, id); // no lock is taken for what is not theirs
  return ctx.db.$transaction(async (transaction) => {
    const request = await lockApproval(ctx, transaction, id);
    const { organizationId, projectId } = request;
    if (request.userId !== ctx.userId)
      throw new AppError("role.forbids", "Only who asked can withdraw it.", { place: { organizationId, projectId } });
    await settle(ctx, transaction, { id, decision: "withdrawn" });
    await ctx.audit(transaction, { action: "approval.withdraw", ...about(id, request) });
    return { id };
  });
}

const about = (id: string, { spec, organizationId, projectId, askedBy }: Found) => ({
  target: { type: "approval", id, name: spec.hostname } as const,
  organizationId,
  projectId,
  details: { askedBy },
});

export function decidedElsewhere({ organizationId, projectId }: Found): AppError {
  return new AppError("role.forbids", "It is beyond a quota that somebody else decides about.", {
    place: { organizationId, projectId },
  });
}

interface Settled {
  id: string;
  decision: "approved" | "refused" | "withdrawn";
  answer?: string;
  beyond?: QuotaOf[];
  given?: QuotaOf[];
  runId?: string;
}

export async function settle(
  { userId, clock }: MemberContext,
  within: DbOrTransaction,
  { id, ...data }: Settled,
): Promise<void> {
  await within.approval.update({
    where: { id },
    data: { ...data, decidedById: userId, decidedAt: clock() },
    select: { id: true },
  });
}
