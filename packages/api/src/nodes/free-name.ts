// Names of nodes are one person's own: unique among theirs, whatever others call theirs.
import type { DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { AppError } from "@homeport/domain/error";

export async function requireFreeName(
  transaction: DbOrTransaction,
  { userId, name, except }: { userId: string; name: string; except?: string },
): Promise<void> {
  const taken = await transaction.proxmoxNode.findFirst({
    where: { userId, name, ...savedNode, ...(except === undefined ? {} : { id: { not: except } }) },
    select: { id: true },
  });
  if (taken === null) return;
  const why = `You have a node called “${name}” already.`;
  throw new AppError("node.name_taken", why, { fields: { name: why } });
}
