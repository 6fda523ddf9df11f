// One after the other: whoever changes what is one account's (links, address, password) or is counted over it (nodes, organizations) holds its row.
import type { DbOrTransaction } from "@homeport/db/client";

export async function lockAccount(transaction: DbOrTransaction, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
}
