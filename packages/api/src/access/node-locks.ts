// Makes changes of nodes wait for each other.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";

/** All nodes of one person: the default is chosen among them, names and caps are counted over them. */
export const lockNodesOf = lockAccount;

/** One node, and nobody else's: a container that is being created on it holds a share of this lock until it is there. */
export async function lockOwnNode(
  transaction: DbOrTransaction,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "ProxmoxNode" WHERE "id" = ${id}::uuid AND "userId" = ${userId}::uuid FOR UPDATE`;
}
