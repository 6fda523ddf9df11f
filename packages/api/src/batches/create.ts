// Creates a batch: its row and those of all its containers in one transaction, then asks the engine to start them.
import { expandBatch, type BatchSpec } from "@homeport/domain/batch/batch-input";
import { findingField } from "@homeport/domain/plan/plan";
import { AppError, isAppError } from "@homeport/domain/error";
import { agreeAll, obstacleText } from "../containers/agreed";
import { readTemplate } from "../containers/create";
import { requireProject } from "../access/projects";
import { inRoom, requireRoom } from "../quotas/require-room";
import { requireKnown, requireReady } from "../containers/known";
import type { MemberContext } from "../context";
import { uniqueIndex } from "@homeport/db/known-error";
import { z } from "zod";
import { freshly, owned } from "../access/owned";
import { cameSecond, findAnswer, keepAnswer } from "../idempotency";
import { dispatchAll } from "../runs/dispatch";
import { makeItems } from "./make";
import { requireFree } from "./require-free";
import type { Made } from "./view";
import { uuid } from "@homeport/domain/text/uuid";

type Input = BatchSpec & { projectId: string; requestKey: string };
const Created = z.object({ batchId: uuid() });

/** All or nothing. A click that is sent again answers the batch of the first. */
export async function createBatch(
  ctx: MemberContext,
  { projectId, requestKey, ...spec }: Input,
): Promise<{ batchId: string }> {
  const request = { key: requestKey, action: "batches.create", content: { projectId, spec }, outcome: Created };
  const repeated = await findAnswer(ctx, request);
  if (repeated) return repeated;
  const project = await requireProject(ctx, { projectId, permission: "container:write" });
  const place = { noun: "usableNode", id: spec.nodeId, permission: "container:write", projectId } as const;
  const { row: asked } = await owned(ctx, place, { state: true, stateReason: true });
  const template = await readTemplate(ctx.db, spec);
  const { items: specs } = expandBatch(spec);
  try {
    requireReady(asked);
    const room = { projectId, organizationId: project.organizationId, userId: ctx.userId, nodeId: spec.nodeId };
    const wanted = { specs, template: template.name };
    await requireRoom(ctx.db, room, wanted);
    const agreed = await agreeAll(ctx, { specs, projectId });
    requireClear(agreed);
    const { batchId, made } = await inRoom(
      ctx,
      room,
      async (transaction): Promise<{ batchId: string; made: Made[] }> => {
        const earlier = await findAnswer(ctx, request, transaction);
        if (earlier) return { ...earlier, made: [] };
        // Who was removed while the node was asked makes nothing.
        const { row: node } = await owned(
          { ...ctx, ...freshly(ctx, transaction) },
          { ...place, within: transaction },
          { id: true, name: true, state: true, stateReason: true, inventory: true },
        );
        requireReady(node);
        const live = agreed.every((one) => one.live);
        if (!live) for (const one of specs.slice(0, 1)) requireKnown(node.inventory, one); // all name the same storage, bridge and image
        await requireFree(transaction, { nodeId: spec.nodeId, nodeJustAsked: live }, specs);
        await requireRoom(transaction, room, wanted);
        const { id: batchId } = await transaction.batch.create({
          data: {
            projectId: project.projectId,
            nodeId: spec.nodeId,
            templateRevisionId: spec.templateRevisionId,
            userId: ctx.userId,
            requestKey,
            title: spec.hostnames,
            input: spec,
            createdAt: ctx.clock(),
          },
          select: { id: true },
        });
        const items = specs.map((one, index) => ({
          spec: one,
          requestKey: `${requestKey}:${index}`,
          planHash: agreed[index]?.planHash ?? null,
        }));
        const made = await makeItems(transaction, items, {
          batchId,
          projectId: project.projectId,
          userId: ctx.userId,
          template,
          now: ctx.clock(),
        });
        await ctx.audit(transaction, {
          action: "batch.create",
          target: { type: "batch", id: batchId, name: spec.hostnames },
          organizationId: project.organizationId,
          projectId: project.projectId,
          details: { template: template.name, node: node.name, containers: specs.length },
        });
        await keepAnswer(ctx, request, { within: transaction, answer: { batchId } });
        return { batchId, made };
      },
    );
    await dispatchAll(
      ctx,
      made.map((one) => ({ ...one, kind: "provision" })),
    );
    return { batchId };
  } catch (error) {
    // Of two arrivals at once the second may be refused for what the first one made.
    const first = cameSecond(error) || isAppError(error) ? await findAnswer(ctx, request) : undefined;
    if (first) return first;
    if (uniqueIndex(error) === "container_live_vmid")
      throw new AppError("create.taken", "Nothing was created: one of the VMIDs was taken a moment ago.", {
        fields: { vmidFrom: "One of them was taken a moment ago." },
        cause: error,
      });
    throw error;
  }
}

/** All or nothing: the first thing in the way is said, with how many it concerns. */
function requireClear(agreed: Awaited<ReturnType<typeof agreeAll>>): void {
  const faulty = agreed.flatMap(({ obstacle }, index) => (obstacle === undefined ? [] : [{ obstacle, index }]));
  const [first] = faulty;
  if (first === undefined) return;
  const fields = Object.fromEntries(
    faulty.map(({ obstacle, index }) => [`items.${index}.${findingField(obstacle) ?? "plan"}`, obstacle.text]),
  );
  throw new AppError(
    "batch.items",
    `${faulty.length} of ${agreed.length} cannot be made. ${obstacleText(first.obstacle)}`,
    { fields },
  );
}
