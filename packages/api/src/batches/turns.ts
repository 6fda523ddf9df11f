// How many stand before each run that waits for its turn on a node.
import type { Db } from "@homeport/db/client";

/** By run id; runs that do not wait for a turn are missing. Counted over everybody who waits for the same. */
export async function readTurns(db: Db, runIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ runId: string; ahead: bigint }[]>`
    SELECT asked."runId", (SELECT count(*) FROM "Turn" AS other WHERE other."nodeId" = asked."nodeId" AND other."pool" = asked."pool" AND other."grantedAt" IS NULL AND (other."askedAt", other."id") < (asked."askedAt", asked."id")) AS ahead
    FROM "Turn" AS asked WHERE asked."grantedAt" IS NULL AND asked."runId" = ANY(${[...runIds]}::uuid[])`;
  return new Map(rows.map(({ runId, ahead }) => [runId, Number(ahead)]));
}
