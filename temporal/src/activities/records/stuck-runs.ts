// Runs that the engine cannot continue with the code that is here: their rows say so, and take it back when it goes on.
import type { Db } from "@homeport/db/client";
import { ENGINE_TROUBLES, ENGINE_UNFIT, ENGINE_FAILS } from "@homeport/domain/waiting-words";

/** Answers whether that is news. */
export async function tellStuck(db: Db, runId: string, { unfitting }: { unfitting: boolean }): Promise<boolean> {
  const waitingFor = unfitting ? ENGINE_UNFIT : ENGINE_FAILS;
  const told = await db.$transaction(async (transaction) => {
    const still = { id: runId, OR: [{ waitingFor: null }, { waitingFor: { not: waitingFor } }] };
    const moving = await transaction.run.updateMany({
      where: { ...still, state: { in: ["running", "waiting"] } },
      data: { state: "waiting", waitingFor, version: { increment: 1 } },
    });
    // What a person decided, or let rest, stays as it is: only why nothing comes of it is new.
    const resting = await transaction.run.updateMany({
      where: { ...still, state: { in: ["paused", "awaiting_decision"] } },
      data: { waitingFor, version: { increment: 1 } },
    });
    return moving.count + resting.count;
  });
  return told > 0;
}

/** Answers whether it was stuck. */
export async function tellUnstuck(db: Db, runId: string): Promise<boolean> {
  const rest = { paused: "paused", awaiting_decision: "your decision", waiting: null } as const;
  const counts = await db.$transaction(
    (Object.keys(rest) as (keyof typeof rest)[]).map((state) =>
      db.run.updateMany({
        where: { id: runId, state, waitingFor: { in: [...ENGINE_TROUBLES] } },
        data: { state: state === "waiting" ? "running" : state, waitingFor: rest[state], version: { increment: 1 } },
      }),
    ),
  );
  return counts.some(({ count }) => count > 0);
}
