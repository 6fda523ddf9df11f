// A run that its workflow does not move: the engine does not take it, cannot continue it, or has lost it.
import { type Db, type DbOrTransaction, Prisma } from "@homeport/db/client";
import { statesBefore } from "@homeport/domain/run/run-state";
import { engineFailing, engineUnfit, type WaitingFor } from "@homeport/domain/run/waiting";
import { endAttempts } from "./end-attempts";
import { moveRunIfItFits } from "./move-run";

const engineAway = { on: "engine", why: "away" } as const satisfies WaitingFor;
const settlement = { on: "settlement" } as const satisfies WaitingFor;

/** `not` alone would miss rows that wait for nothing known: nothing is unequal to NULL. */
const notYet = (waitingFor: WaitingFor): Prisma.RunWhereInput => ({
  OR: [{ waitingFor: { equals: Prisma.DbNull } }, { waitingFor: { not: waitingFor } }],
});

/** Temporal did not take them. Only those that nobody began meanwhile: a start whose answer was lost may have arrived. */
export async function keepQueued(within: DbOrTransaction, runIds: readonly string[]): Promise<void> {
  await within.run.updateMany({
    where: { id: { in: [...runIds] }, state: { in: statesBefore("stayQueued", "queued") } },
    data: { waitingFor: engineAway, version: { increment: 1 } },
  });
}

const resting = ["paused", "awaiting_decision"] as const;
/** What a run waits for when the engine continues it again, as far as it is not its workflow's to write. */
const restingFor = { paused: { on: "pause", by: null }, awaiting_decision: { on: "decision" } } as const;

/** The engine cannot continue it with the code that is here; `unfitting`: as other code began it. Answers whether that is news. */
export function markStuck(db: Db, runId: string, { unfitting }: { unfitting: boolean }): Promise<boolean> {
  const waitingFor = unfitting ? engineUnfit : engineFailing;
  return db.$transaction(async (transaction) => {
    const news = { runId, only: notYet(waitingFor) };
    let is = await moveRunIfItFits(transaction, { ...news, event: "getStuck", to: "waiting" }, { waitingFor });
    for (const to of resting)
      is = (await moveRunIfItFits(transaction, { ...news, event: "getStuck", to }, { waitingFor })) || is;
    return is;
  });
}

/** The engine continues it again. Answers whether it was stuck. */
export function markUnstuck(db: Db, runId: string): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    const stuck = { runId, only: { OR: [engineUnfit, engineFailing].map((equals) => ({ waitingFor: { equals } })) } };
    let was = await moveRunIfItFits(
      transaction,
      { ...stuck, event: "getUnstuck", to: "running" },
      { waitingFor: null },
    );
    for (const to of resting) {
      const move = { ...stuck, event: "getUnstuck", to } as const;
      was = (await moveRunIfItFits(transaction, move, { waitingFor: restingFor[to] })) || was;
    }
    return was;
  });
}

/** Its workflow was ended in Temporal. Twice changes nothing. */
export function loseWorkflow(within: DbOrTransaction, runId: string): Promise<boolean> {
  const move = { runId, event: "loseWorkflow", to: "waiting", only: notYet(settlement) } as const;
  return moveRunIfItFits(within, move, { waitingFor: settlement });
}

const reasons = {
  /** Temporal ended it before it began. */
  ended_outside: "The run was ended from outside Homeport. Destroy the container to clear away what it made.",
  /** A person gave it up, as nobody worked on it any more. */
  given_up:
    "It was given up, as its workflow had been ended in Temporal. Delete the container to clear away what it made.",
} as const;

/** Ends a run that no workflow ends, with everything of it that is under way. False: it had ended. */
export async function giveUpRun(
  within: DbOrTransaction,
  { runId, why, now }: { runId: string; why: keyof typeof reasons; now: Date },
): Promise<boolean> {
  const move = { runId, event: "giveUp", to: "failed" } as const;
  if (!(await moveRunIfItFits(within, move, { waitingFor: null, endedAt: now, error: reasons[why] }))) return false;
  await within.runStep.updateMany({
    where: { runId, state: { in: ["running", "waiting"] } },
    data: { state: "failed", endedAt: now },
  });
  await endAttempts(within, { runId, now });
  await within.container.updateMany({
    where: { runs: { some: { id: runId } }, lifecycle: { in: ["creating", "deleting"] } },
    data: { lifecycle: "failed" },
  });
  return true;
}
