// Runs that wait in the queue for a slot on a node: all of a queue are written in one statement.
import type { DbOrTransaction } from "@homeport/db/client";
import { statesBefore } from "@homeport/domain/run/run-state";
import type { WaitingFor } from "@homeport/domain/run/waiting";

/** Writes those whose place changed. In the order of their ids, so that two who write never wait for each other. */
export async function showPlaces(
  within: DbOrTransaction,
  places: readonly { runId: string; waitingFor: WaitingFor }[],
): Promise<void> {
  if (places.length === 0) return;
  const ids = places.map(({ runId }) => runId);
  const codes = places.map(({ waitingFor }) => JSON.stringify(waitingFor));
  const from = statesBefore("queueForSlot", "waiting");
  await within.$executeRaw`
    WITH "place" AS (SELECT * FROM unnest(${ids}::uuid[], ${codes}::text[]::jsonb[]) AS "place" ("id", "code")),
    "changed" AS (
      SELECT "Run"."id", "code" FROM "Run" JOIN "place" USING ("id")
      WHERE "state" = ANY (${from}::"RunState"[]) AND "waitingFor" IS DISTINCT FROM "code"
      ORDER BY "Run"."id" FOR UPDATE OF "Run"
    )
    UPDATE "Run" SET "state" = 'waiting', "waitingFor" = "code", "version" = "version" + 1 FROM "changed" WHERE "Run"."id" = "changed"."id"`;
}
