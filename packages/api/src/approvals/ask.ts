// Asks for a container that is beyond a quota. Nothing is made, and nothing is held for it.
import { APPROVAL_DAYS } from "@homeport/domain/approval/approval-state";
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { AppError } from "@homeport/domain/error";
import { excessOf, takenBy } from "@homeport/domain/quota/quota";
import { uuid } from "@homeport/domain/text/uuid";
import { lockAccount } from "@homeport/auth";
import { z } from "zod";
import { owned } from "../access/owned";
import { requireProject } from "../access/projects";
import { readTemplate, requireFree } from "../containers/create";
import { requireKnown } from "../containers/known";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { findAnswer, madeOnce } from "../idempotency";
import { newId } from "@homeport/records/new-id";
import { readBounds } from "../quotas/bounds";
import { requireWithinShare } from "../quotas/require-room";
import { mailApprovers } from "./mail";

/** Open ones of one person: each is read by somebody. */
export const MOST_OPEN = 20;
const DAY_MS = 86_400_000;
const Asked = z.object({ id: uuid() });

type Input = Spec & { projectId: string; requestKey: string; reason: string };

export async function askApproval(
  ctx: MemberContext,
  { projectId, requestKey, reason, ...spec }: Input,
): Promise<z.infer<typeof Asked>> {
  const { db, userId, clock } = ctx;
  const request = {
    key: requestKey,
    action: "approvals.ask",
    content: { projectId, spec, reason },
    outcome: Asked,
  };
  const { organizationId } = await requireProject(ctx, { projectId, permission: "container:write" });
  const place = { noun: "usableNode", id: spec.nodeId, permission: "container:write", projectId } as const;
  const { row: node } = await owned(ctx, place, { name: true, inventory: true });
  const template = await readTemplate(db, spec);
  if ((await findAnswer(ctx, request)) === undefined) await ctx.auth.limitApprovals(userId);
  return madeOnce(ctx, request, {
    lock: (transaction) => lockAccount(transaction, userId),
    clashes: () => false,
    async make(transaction) {
      const { share, quotas } = await readBounds(transaction, {
        projectId,
        organizationId,
        userId,
        nodeId: spec.nodeId,
      });
      requireWithinShare(share, { specs: [spec], template: template.name });
      // Whoever approves it should not learn that it cannot be made.
      requireKnown(node.inventory, spec);
      await requireFree(transaction, spec, { nodeJustAsked: false });
      const beyond = [...new Set(excessOf(quotas, takenBy(spec)).map(({ bound }) => bound.of))];
      if (beyond.length === 0)
        throw new AppError("approval.needless", "There is room for it by now: create it, without a request.");
      const now = clock();
      const open = await transaction.approval.findMany({
        where: { user: { id: userId }, decision: null, expiresAt: { gt: now } },
        select: { nodeId: true, input: true },
      });
      const same = open.some(
        ({ nodeId, input }) => nodeId === spec.nodeId && ContainerSpec.parse(input).hostname === spec.hostname,
      );
      if (same)
        throw new AppError(
          "approval.asked",
          `You have asked for ${spec.hostname} on ${node.name} already: see it under Approvals. Withdraw that request to ask for something else.`,
          { fields: { hostname: `You have asked for ${spec.hostname} already.` } },
        );
      if (open.length >= MOST_OPEN)
        throw new AppError(
          "approval.too_many",
          `${MOST_OPEN} of your requests are open: wait until they are decided, or withdraw some.`,
        );
      const id = newId(now);
      await transaction.approval.create({
        data: {
          id,
          projectId,
          nodeId: spec.nodeId,
          userId,
          input: spec,
          reason,
          beyond,
          createdAt: now,
          expiresAt: new Date(now.getTime() + APPROVAL_DAYS * DAY_MS),
        },
        select: { id: true },
      });
      await ctx.audit(transaction, {
        action: "approval.ask",
        target: { type: "approval", id, name: spec.hostname },
        organizationId,
        projectId,
        details: {
          template: template.name,
          beyond: beyond.join(", "),
          cores: spec.cores,
          memoryMib: spec.memoryMib,
          diskGib: spec.diskGib,
        },
      });
      await mailApprovers(ctx, transaction, { id, of: beyond });
      return { id };
    },
  });
}
