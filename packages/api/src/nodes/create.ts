// Adds a node: its secrets sealed for the row they go into, and a probe that reads its identity begun.
import type { CreateNodeInput } from "@homeport/domain/node-input";
import type { z } from "zod";
import type { MemberContext } from "../context";
import { newId } from "../new-id";
import { requireRoomForCheck, requireRoomForNode } from "./caps";
import { lockNodesOf } from "./own";
import { requireFreeName } from "./free-name";
import { requireUsablePlace } from "./place";
import { sealSecrets } from "./secrets";

type Input = z.output<typeof CreateNodeInput>;

export async function createNode(ctx: MemberContext, input: Input): Promise<{ id: string }> {
  await requireUsablePlace(ctx, input);
  const { userId, clock, vault } = ctx;
  const id = newId(clock());
  const { name, host, port, tokenId, sshUser, sshPort, vmidFrom, vmidTo, createsAtOnce, tasksAtOnce } = input;
  await ctx.db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    await requireFreeName(transaction, { userId, name });
    await requireRoomForNode(transaction, userId);
    await requireRoomForCheck(transaction, { userId });
    const first = (await transaction.proxmoxNode.count({ where: { userId, retiredAt: null } })) === 0;
    const { tokenSecret, ...optional } = sealSecrets(vault, id, input);
    await transaction.proxmoxNode.create({
      data: { id, userId, name, host, port, tokenId, sshUser: sshUser === "" ? null : sshUser, sshPort, vmidFrom, vmidTo, createsAtOnce, tasksAtOnce, tokenSecret, ...optional, secretsSetAt: clock(), isDefault: first, probing: true },
    });
    await ctx.audit(transaction, { action: "node.create", target: { type: "node", id, name }, details: { host, port, tokenId, isDefault: first } });
  });
  // The row stays when the engine is away: the list says that it was not checked, and offers to.
  await ctx.engine.probe(id).catch(async (error: unknown) => {
    ctx.log({ id, path: "nodes.create", error });
    await ctx.db.proxmoxNode.updateMany({ where: { id }, data: { probing: false, stateReason: "The engine that checks nodes does not answer. Check it again in a moment." } });
  });
  return { id };
}
