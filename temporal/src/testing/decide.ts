// A person's decision as the API writes it, and hands it over when there is an engine to hand it to.
import { randomUUID } from "node:crypto";
import type { Decision, Steer } from "@homeport/domain/run/run-state";
import type { StepEdit } from "@homeport/domain/run/step-edit";
import type { Engine } from "../client";
import type { Fixture } from "./fixture";

export interface Click {
  key: string;
  decision: Decision;
  step: string;
  attempt: number;
}

/** The row of a decision about the step that failed. `agoMs`: made so long ago. */
export async function clicked(
  { db, userId }: Fixture,
  runId: string,
  { decision, edit, agoMs = 0 }: { decision: Decision; edit?: StepEdit; agoMs?: number },
): Promise<Click> {
  const failed = await db.runStep.findFirstOrThrow({ where: { runId, state: "failed" } });
  const key = randomUUID();
  await db.runDecision.create({
    data: {
      runId,
      requestKey: key,
      decision,
      step: failed.name,
      attempt: failed.attempt,
      userId,
      createdAt: new Date(Date.now() - agoMs),
      ...(edit === undefined ? {} : { edit }),
    },
  });
  return { key, decision, step: failed.name, attempt: failed.attempt };
}

export async function decide(
  fixture: Fixture,
  engine: Engine,
  { runId, ...what }: { runId: string; decision: Decision; edit?: StepEdit },
): Promise<Click> {
  const { key, ...decided } = await clicked(fixture, runId, what);
  await engine.decide(runId, decided, key);
  return { key, ...decided };
}

export async function cancel({ db, userId }: Fixture, engine: Engine, runId: string): Promise<void> {
  const key = randomUUID();
  await db.runDecision.create({ data: { runId, requestKey: key, decision: "cancel", userId } });
  await db.run.update({ where: { id: runId }, data: { cancelRequestedAt: new Date(), version: { increment: 1 } } });
  await engine.cancel(runId, key);
}

/** `engine` null: it is away. */
export async function steer(
  { db, userId }: Fixture,
  engine: Engine | null,
  { runId, to }: { runId: string; to: Steer },
): Promise<string> {
  const key = randomUUID();
  await db.runDecision.create({
    data: {
      runId,
      requestKey: key,
      decision: to,
      userId,
      createdAt: new Date(Date.now() - (engine === null ? 60_000 : 0)),
    },
  });
  await db.run.update({
    where: { id: runId },
    data: { pauseRequestedAt: to === "pause" ? new Date() : null, version: { increment: 1 } },
  });
  await engine?.steer(runId, to, key);
  return key;
}
