// How many nodes a person may have, and how many of them may be checked at once: one account must not keep the workers from all others.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { MOST_CHECKS_AT_ONCE, MOST_DRAFTS, MOST_NODES } from "@homeport/domain/node/node-input";

/** The caller holds the lock on this person's nodes. */
export async function requireRoomForNode(transaction: DbOrTransaction, userId: string): Promise<void> {
  const count = await transaction.proxmoxNode.count({ where: { userId, retiredAt: null, replacesId: null } });
  if (count >= MOST_NODES)
    throw new AppError(
      "node.too_many",
      `You have ${count} nodes already, which is the most that one account can have, those that are not saved yet included. Delete one that you no longer use.`,
    );
}

/** The caller holds the lock on this person's nodes. */
export async function requireRoomForDraft(transaction: DbOrTransaction, userId: string): Promise<void> {
  const count = await transaction.proxmoxNode.count({ where: { userId, draftUntil: { not: null } } });
  if (count >= MOST_DRAFTS)
    throw new AppError(
      "node.too_many_drafts",
      `${count} of your nodes and changes of nodes are not saved yet, which is the most at once. Save or discard one of them: the Nodes page lists them.`,
    );
}

/** The caller holds the lock on this person's nodes. `except`: the node that is to be checked. */
export async function requireRoomForCheck(
  transaction: DbOrTransaction,
  { userId, except }: { userId: string; except?: string },
): Promise<void> {
  const count = await transaction.proxmoxNode.count({
    where: { userId, retiredAt: null, probing: true, ...(except === undefined ? {} : { id: { not: except } }) },
  });
  if (count >= MOST_CHECKS_AT_ONCE)
    throw new AppError(
      "node.checks_running",
      `${count} of your nodes are being checked, which is the most at once. Try again when one of them is done.`,
    );
}
