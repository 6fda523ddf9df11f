// Runs that stand in line for their turn on a node: all of a line are written in one statement.
import type { DbOrTransaction } from "@homeport/db/client";
import { statesBefore } from "@homeport/domain/run-state";

/** Writes those whose place changed. In the order of their ids, so that two who write never wait for each other. */
export async function showPlaces(
  within: DbOrTransaction,
  places: readonly { runId: string; waitingFor: string }[],
): Promise<void> {
  if (places.length === 0) return;
  const ids = places.map(({ runId }) => runId);
  const texts = places.map(({ waitingFor }) => waitingFor);
  const from = statesBefore("queueForTurn", "waiting");
  await within.$executeRaw`
    WITH "place" AS (SELECT * FROM unnest(${ids}::uuid[], ${texts}::text[]) AS "place" ("id", "text")),
    "changed" AS (
      SELECT "Run"."id", "text" FROM "Run" JOIN "place" USING ("id")
      WHERE "state" = ANY (${from}::"RunState"[]) AND "waitingFor" IS DISTINCT FROM "text"
      ORDER BY "Run"."id" FOR UPDATE OF "Run"
    )
    UPDATE "Run" SET "state" = 'waiting', "waitingFor" = "text", "version" = "version" + 1 FROM "changed" WHERE "Run"."id" = "changed"."id"`;
}
