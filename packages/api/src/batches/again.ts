// Begins items of a batch anew: the same spec, a new container row, a run that says which one it does again.
import { whyNotCreate } from "@homeport/domain/container/container-state";
import { readNodeReason } from "@homeport/domain/node/node-reason";
import { AppError } from "@homeport/domain/error";
import { agreeAll, obstacleText } from "../containers/agreed";
import { readTemplate } from "../containers/create";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { dispatchAll } from "../runs/dispatch";
import { projectsWith, readMemberships, readProjects, requireIn, type Membership } from "../access/projects";
import { inRoom, whyNoRoom } from "../quotas/require-room";
import { makeItems } from "./make";
import { findConflicts } from "./require-free";
import type { Steered } from "./steer";

interface Ended {
  id: string;
  input: unknown;
}

/** An item whose name, VMID or address is held meanwhile is left out, with the reason. */
export async function beginAnew(
  ctx: MemberContext,
  ended: readonly Ended[],
  {
    batchId,
    batch: { title, userId: madeBy },
    requestKey,
    membership,
  }: { batchId: string; batch: { title: string; userId: string }; requestKey: string; membership: Membership },
): Promise<Steered> {
  const items = ended.map(({ id, input }) => ({
    againOfId: id,
    spec: ContainerSpec.parse(input),
    requestKey: `${requestKey}:${id}`,
  }));
  const [first] = items;
  if (first === undefined) return { done: 0, refused: [] };
  const { nodeId } = first.spec;
  const template = await readTemplate(ctx.db, first.spec);
  const { projectId, organizationId } = membership;
  const agreed = await agreeAll(ctx, { specs: items.map(({ spec }) => spec), projectId });
  const planned = items.map((item, index) => ({
    ...item,
    planHash: agreed[index]?.planHash ?? null,
    live: agreed[index]?.live ?? false,
    obstacle: agreed[index]?.obstacle,
  }));
  const room = { projectId, organizationId, userId: ctx.userId, nodeId };
  const { made, refused } = await inRoom(ctx, room, async (transaction) => {
    // Who was removed while the node was asked begins nothing.
    requireIn(await readProjects(transaction, ctx), projectId, {
      permission: "run:write",
      reading: "run:read",
      noun: "batch",
    });
    // Another click may have begun them while this one waited.
    const taken = new Set(
      (
        await transaction.run.findMany({
          where: { batchId, againOfId: { in: items.map(({ againOfId }) => againOfId) } },
          select: { againOfId: true },
        })
      ).map(({ againOfId }) => againOfId),
    );
    const node = await transaction.proxmoxNode.findUniqueOrThrow({
      where: { id: nodeId },
      select: {
        retiredAt: true,
        state: true,
        stateReason: true,
        userId: true,
        shares: { select: { projectId: true } },
      },
    });
    // Whoever made the batch could use the node; what they still can here is what its retries can.
    const makers = await readMemberships(transaction, { userId: madeBy, scope: null });
    const owners = projectsWith(makers, "container:write").includes(projectId) ? [ctx.userId, madeBy] : [ctx.userId];
    const usable = owners.includes(node.userId) || node.shares.some((one) => one.projectId === projectId);
    if (node.retiredAt !== null) throw new AppError("batch.again", "The node was removed from Homeport.");
    if (!usable) throw new AppError("batch.again", "The node is not shared into this project any more.");
    const refusal = whyNotCreate({ ...node, stateReason: readNodeReason(node.stateReason) });
    if (refusal !== undefined) throw new AppError("batch.again", refusal);
    const left = planned.filter(({ againOfId }) => !taken.has(againOfId));
    const conflicts = await findConflicts(
      transaction,
      { nodeId, nodeJustAsked: left.every(({ live }) => live) },
      left.map(({ spec }) => spec),
    );
    const whyNot = left.map(
      ({ obstacle }, index) => Object.values(conflicts[index] ?? {})[0] ?? (obstacle && obstacleText(obstacle)),
    );
    const free = left.filter((_, index) => whyNot[index] === undefined);
    const noRoom = await whyNoRoom(transaction, room, {
      specs: free.map(({ spec }) => spec),
      template: template.name,
    });
    const reasons = new Map([
      ...left.map(({ againOfId }, index) => [againOfId, whyNot[index]] as const),
      ...free.map(({ againOfId }, index) => [againOfId, noRoom[index]] as const),
    ]);
    const refused = left.flatMap(({ spec, againOfId }): Steered["refused"] => {
      const reason = reasons.get(againOfId);
      return reason === undefined ? [] : [{ hostname: spec.hostname, reason }];
    });
    const fitting = free.filter((_, index) => noRoom[index] === undefined);
    const made = await makeItems(transaction, fitting, {
      batchId,
      projectId,
      userId: ctx.userId,
      template,
      now: ctx.clock(),
    });
    if (made.length > 0) {
      await ctx.audit(transaction, {
        action: "batch.retry",
        target: { type: "batch", id: batchId, name: title },
        organizationId,
        projectId,
        details: { containers: made.length },
      });
    }
    return { made, refused };
  });
  await dispatchAll(
    ctx,
    made.map((one) => ({ ...one, kind: "provision" })),
  );
  return { done: made.length, refused };
}
