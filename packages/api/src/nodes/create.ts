// Begins to add a node: a draft, its secrets sealed for its row, and a probe that reads its identity. `nodes.save` keeps it.
import type { CreateNodeInput } from "@homeport/domain/node/node-input";
import type { z } from "zod";
import type { MemberContext } from "../context";
import { newId } from "@homeport/records/new-id";
import { draftEnd } from "./drafts/draft";
import { requireRoomForCheck, requireRoomForDraft, requireRoomForNode } from "./caps";
import { lockNodesOf } from "../access/node-locks";
import { requireFreeName } from "./free-name";
import { requireUsablePlace } from "./place";
import { sealSecrets } from "./secrets";
import { startFirstProbe } from "./start-probe";

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
    await requireRoomForDraft(transaction, userId);
    await requireRoomForCheck(transaction, { userId });
    const { tokenSecret, ...optional } = sealSecrets(vault, id, input);
    await transaction.proxmoxNode.create({
      data: {
        id,
        userId,
        name,
        host,
        port,
        tokenId,
        sshUser: sshUser === "" ? null : sshUser,
        sshPort,
        vmidFrom,
        vmidTo,
        createsAtOnce,
        tasksAtOnce,
        tokenSecret,
        ...optional,
        secretsSetAt: clock(),
        draftUntil: draftEnd(clock),
        probing: true,
      },
    });
    await ctx.audit(transaction, {
      action: "node.draft",
      target: { type: "node", id, name },
      details: { host, port, tokenId },
    });
  });
  await startFirstProbe(ctx, id);
  return { id };
}
