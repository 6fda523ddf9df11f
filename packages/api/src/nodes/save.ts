// Keeps a node that was tested: a new one from now on, a changed one in the place of the node as it was.
import { Prisma, type DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import type { ProxmoxNode } from "@homeport/db/types";
import type { Vault } from "@homeport/db/sealing";
import { AppError } from "@homeport/domain/error";
import { failedSignIn } from "@homeport/domain/node/failed-sign-in";
import { NodeReport } from "@homeport/domain/node/node-report";
import type { MemberContext } from "../context";
import { besideOf } from "./drafts/draft";
import { requireFreeName } from "./free-name";
import { lockNodesOf, lockOwnNode } from "../access/node-locks";
import { owned } from "../access/owned";
import { secretsFor } from "./secrets";

/** Answers the saved node's id: a draft's own, or that of the node it changes. One that is saved already is refused: the other tab did it. */
export async function saveNode(ctx: MemberContext, id: string): Promise<{ id: string }> {
  const { db, userId } = ctx;
  const { nodeId, again } = await db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    await lockOwnNode(transaction, { id, userId });
    await owned(ctx, { noun: "nodeOrDraft", id, permission: "node:write", within: transaction }, { id: true });
    const draft = await transaction.proxmoxNode.findUniqueOrThrow({ where: { id } });
    if (draft.draftUntil === null) throw new AppError("node.saved_already", "This node is saved already.");
    requireTested(draft);
    return draft.replacesId === null
      ? addNode(ctx, transaction, draft)
      : changeNode(ctx, transaction, { draft, nodeId: draft.replacesId });
  });
  // A check that was under way began with what the node was before: it looks again. Nothing is lost without the engine, which ends it as well.
  if (again)
    await ctx.engine.probe(nodeId).catch((error: unknown) => {
      ctx.log({ id: nodeId, path: "nodes.save", error });
    });
  return { id: nodeId };
}

interface Saved {
  nodeId: string;
  /** It is being checked. */
  again: boolean;
}

async function addNode(
  { userId, audit }: MemberContext,
  transaction: DbOrTransaction,
  draft: ProxmoxNode,
): Promise<Saved> {
  const { id, name, host, port, tokenId } = draft;
  await requireFreeName(transaction, { userId, name, except: id });
  const isDefault = (await transaction.proxmoxNode.count({ where: { userId, ...savedNode } })) === 0;
  await transaction.proxmoxNode.update({ where: { id }, data: { draftUntil: null, isDefault } });
  await audit(transaction, {
    action: "node.create",
    target: { type: "node", id, name },
    details: { host, port, tokenId, isDefault },
  });
  return { nodeId: id, again: false };
}

async function changeNode(
  { userId, audit, vault }: MemberContext,
  transaction: DbOrTransaction,
  { draft, nodeId }: { draft: ProxmoxNode; nodeId: string },
): Promise<Saved> {
  const changed = besideOf(draft);
  if (changed.name !== undefined) await requireFreeName(transaction, { userId, name: changed.name, except: nodeId });
  const { name, probing } = await transaction.proxmoxNode.update({
    where: { id: nodeId },
    data: { ...changed, ...tested(vault, draft, nodeId) },
    select: { name: true, probing: true },
  });
  await transaction.proxmoxNode.delete({ where: { id: draft.id } });
  const { host, port, tokenId } = draft;
  await audit(transaction, {
    action: "node.update",
    target: { type: "node", id: nodeId, name },
    details: { host, port, tokenId, ...changed },
  });
  return { nodeId, again: probing };
}

/** Its report may name failures, as a person decides about those; but it is of this machine, and these secrets get in. */
function requireTested({ probing, report, state, tlsFingerprint, seenTlsFingerprint }: ProxmoxNode): void {
  const known = NodeReport.safeParse(report).data;
  const reached = known !== undefined && (state === "online" || state === "needs_attention");
  if (probing || !reached || tlsFingerprint === null || tlsFingerprint !== seenTlsFingerprint) {
    throw new AppError(
      "node.not_tested",
      "Only a node that was tested is saved: confirm its keys, and wait for a report of what works on it.",
    );
  }
  const failed = failedSignIn(known);
  if (failed !== undefined)
    throw new AppError(
      "node.not_tested",
      `Only a node that was tested is saved, and its test failed: ${failed}. Edit it, or check it again.`,
    );
}

/** What reaches the node, and what the test found with it; its secrets sealed for the row of the node. */
function tested(vault: Vault, draft: ProxmoxNode, nodeId: string): Prisma.ProxmoxNodeUncheckedUpdateInput {
  const { host, port, tokenId, sshUser, sshPort, secretsSetAt } = draft;
  const {
    tlsFingerprint,
    sshHostKey,
    seenTlsFingerprint,
    seenSshHostKey,
    state,
    pveName,
    pveVersion,
    probedAt,
    lastSeenAt,
  } = draft;
  return {
    host,
    port,
    tokenId,
    sshUser,
    sshPort,
    secretsSetAt,
    ...secretsFor(vault, draft, nodeId),
    tlsFingerprint,
    sshHostKey,
    seenTlsFingerprint,
    seenSshHostKey,
    state,
    stateReason: draft.stateReason ?? Prisma.DbNull,
    pveName,
    pveVersion,
    probedAt,
    lastSeenAt,
    seenCertificate: draft.seenCertificate ?? Prisma.DbNull,
    report: draft.report ?? Prisma.DbNull,
    inventory: draft.inventory ?? Prisma.DbNull,
  };
}
