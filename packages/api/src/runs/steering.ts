// What was tried and decided in a run so far; whether something was edited, but never the edit itself, which may be long.
import type { Db } from "@homeport/db/client";
import { readStepDetail } from "@homeport/domain/run/step-detail";
import type { AttemptView, DecisionView } from "./view";

export interface Steering {
  /** By the step's id, oldest first. */
  attempts: ReadonlyMap<string, AttemptView[]>;
  /** Oldest first. */
  decisions: DecisionView[];
}

export async function readSteering(db: Db, runId: string): Promise<Steering> {
  const [attempts, decisions] = await Promise.all([
    db.$queryRaw<(Omit<AttemptView, "detail"> & { stepId: string; detail: unknown })[]>`
      SELECT "stepId", "attempt", "state"::text AS state, "error", "detail", "startedAt", "endedAt", "edit" IS NOT NULL AS edited
      FROM "RunAttempt" WHERE "runId" = ${runId}::uuid ORDER BY "attempt"`,
    db.$queryRaw<DecisionView[]>`
      SELECT decision."decision", decision."step", person."name" AS by, decision."createdAt" AS at, decision."edit" IS NOT NULL AS edited,
        decision."deliveredAt" IS NOT NULL AS delivered, decision."refusal"
      FROM "RunDecision" AS decision LEFT JOIN "User" AS person ON person."id" = decision."userId"
      WHERE decision."runId" = ${runId}::uuid ORDER BY decision."createdAt", decision."id"`,
  ]);
  const byStep = new Map<string, AttemptView[]>();
  for (const { stepId, detail, ...attempt } of attempts)
    byStep.set(stepId, [...(byStep.get(stepId) ?? []), { ...attempt, detail: readStepDetail(detail) }]);
  return { attempts: byStep, decisions };
}
