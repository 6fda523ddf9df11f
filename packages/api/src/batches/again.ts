// Begins items of a batch anew: the same spec, a new container row, a run that says which one it does again.
import { whyNotCreate } from "@homeport/domain/container-state";
import { AppError } from "@homeport/domain/error";
import { readTemplate } from "../containers/create";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { dispatchAll } from "../runs/dispatch";
import type { Membership } from "../scope";
import { makeItems } from "./make";
import { findConflicts } from "./require-free";
import type { Steered } from "./steer";

interface Ended {
  id: string;
  input: unknown;
}

/** An item whose name, VMID or address is held meanwhile is left out, with the reason. */
export async function beginAnew(ctx: MemberContext, ended: readonly Ended[], { batchId, title, requestKey, membership }: { batchId: string; title: string; requestKey: string; membership: Membership }): Promise<Steered> {
  const items = ended.map(({ id, input }) => ({ againOfId: id, spec: ContainerSpec.parse(input), requestKey: `${requestKey}:${id}` }));
  const [first] = items;
  if (first === undefined) return { done: 0, refused: [] };
  const { nodeId } = first.spec;
  const template = await readTemplate(ctx.db, first.spec);
  const { made, refused } = await ctx.db.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`SELECT 1 FROM "ProxmoxNode" WHERE "id" = ${nodeId}::uuid FOR NO KEY UPDATE`;
      // Another click may have begun them while this one waited.
      const taken = new Set((await transaction.run.findMany({ where: { batchId, againOfId: { in: items.map(({ againOfId }) => againOfId) } }, select: { againOfId: true } })).map(({ againOfId }) => againOfId));
      const node = await transaction.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId }, select: { retiredAt: true, state: true, stateReason: true } });
      const refusal = node.retiredAt === null ? whyNotCreate(node) : "The node was removed from Homeport.";
      if (refusal !== undefined) throw new AppError("batch.again", refusal);
      const left = items.filter(({ againOfId }) => !taken.has(againOfId));
      const conflicts = await findConflicts(transaction, nodeId, left.map(({ spec }) => spec));
      const refused = left.flatMap(({ spec }, index): Steered["refused"] => Object.values(conflicts[index] ?? {}).slice(0, 1).map((reason) => ({ hostname: spec.hostname, reason })));
      const free = left.filter((_, index) => Object.keys(conflicts[index] ?? {}).length === 0);
      const made = await makeItems(transaction, free, { batchId, projectId: membership.projectId, userId: ctx.userId, template, now: ctx.clock() });
      if (made.length > 0) {
        await ctx.audit(transaction, {
          action: "batch.retry",
          target: { type: "batch", id: batchId, name: title },
          organizationId: membership.organizationId,
          projectId: membership.projectId,
          details: { containers: made.length },
        });
      }
      return { made, refused };
    },
  );
  await dispatchAll(ctx, made.map((one) => ({ ...one, kind: "provision" })));
  return { done: made.length, refused };
}
