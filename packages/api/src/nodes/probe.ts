// Checks a node again.
import type { MemberContext } from "../context";
import { requireRoomForCheck } from "./caps";
import { beforeTest } from "./drafts/draft";
import { lockNodesOf } from "../access/node-locks";
import { owned } from "../access/owned";
import { startProbe } from "./start-probe";

export async function probeNode(ctx: MemberContext, id: string): Promise<{ id: string }> {
  await ctx.db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, ctx.userId);
    const { row } = await owned(
      ctx,
      { noun: "nodeOrDraft", id, permission: "node:write", within: transaction },
      { name: true, draftUntil: true },
    );
    await requireRoomForCheck(transaction, { userId: ctx.userId, except: id });
    await transaction.proxmoxNode.update({
      where: { id },
      data: { probing: true, ...beforeTest(row, ctx.clock) },
    });
    await ctx.audit(transaction, { action: "node.probe", target: { type: "node", id, name: row.name } });
  });
  await startProbe(ctx, id);
  return { id };
}
