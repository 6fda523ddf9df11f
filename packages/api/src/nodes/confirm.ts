// Pins exactly the identity that the person was shown, and checks the node with it.
import { AppError } from "@homeport/domain/error";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import type { MemberContext } from "../context";
import { requireRoomForCheck } from "./caps";
import { beforeTest } from "./drafts/draft";
import { lockNodesOf, lockOwnNode } from "../access/node-locks";
import { owned } from "../access/owned";
import { startProbe } from "./start-probe";

interface Shown {
  id: string;
  tlsFingerprint: string;
  sshHostKey: string | null;
}

export async function confirmNode(
  ctx: MemberContext,
  { id, tlsFingerprint, sshHostKey }: Shown,
): Promise<{ id: string }> {
  const { db, userId } = ctx;
  await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    await lockOwnNode(transaction, { id, userId });
    const { row: node } = await owned(
      ctx,
      { noun: "nodeOrDraft", id, permission: "node:write", within: transaction },
      {
        name: true,
        state: true,
        tlsFingerprint: true,
        sshHostKey: true,
        seenTlsFingerprint: true,
        seenSshHostKey: true,
        draftUntil: true,
      },
    );
    if (node.seenTlsFingerprint === null)
      throw new AppError("node.not_reached", "The node has not been reached yet: there is nothing to confirm.");
    if (node.seenTlsFingerprint !== tlsFingerprint || (sshHostKey !== null && node.seenSshHostKey !== sshHostKey)) {
      throw new AppError(
        "node.other_identity",
        "The node shows another identity than the one you were shown. Compare again.",
      );
    }
    await requireRoomForCheck(transaction, { userId, except: id });
    const unchecked =
      node.state === "unverified" || node.state === "key_changed"
        ? { state: "needs_attention" as const, stateReason: { why: "checking" } satisfies NodeReasonCode }
        : {};
    await transaction.proxmoxNode.update({
      where: { id },
      data: { tlsFingerprint, sshHostKey, ...unchecked, ...beforeTest(node, ctx.clock), probing: true },
    });
    const details = {
      tlsFingerprint,
      sshHostKey,
      previousTlsFingerprint: node.tlsFingerprint,
      previousSshHostKey: node.sshHostKey,
    };
    await ctx.audit(transaction, { action: "node.confirm", target: { type: "node", id, name: node.name }, details });
  });
  await startProbe(ctx, id);
  return { id };
}
