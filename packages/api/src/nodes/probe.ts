// Checks a node again.
import type { MemberContext } from "../context";
import { requireRoomForCheck } from "./caps";
import { beforeTest } from "./draft";
import { lockNodesOf, ownNodeOrDraft } from "./own";
import { startProbe } from "./start-probe";

export async function probeNode(ctx: MemberContext, id: string): Promise<{ id: string }> {
  await ctx.db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, ctx.userId);
    const { name, draftUntil } = await ownNodeOrDraft(
      transaction,
      { id, userId: ctx.userId },
      { name: true, draftUntil: true },
    );
    await requireRoomForCheck(transaction, { userId: ctx.userId, except: id });
    await transaction.proxmoxNode.update({
      where: { id },
      data: { probing: true, ...beforeTest({ draftUntil }, ctx.clock) },
    });
    await ctx.audit(transaction, { action: "node.probe", target: { type: "node", id, name } });
  });
  await startProbe(ctx, id);
  return { id };
}
