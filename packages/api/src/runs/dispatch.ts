// Hands new runs to the engine. When it is away their rows stay queued and say so, and the sweeper starts them later: a click is never lost.
import { ENGINE_UNAVAILABLE } from "@homeport/domain/waiting-words";
import type { Context } from "../context";
import type { Engine } from "../engine-port";

type Start = Parameters<Engine["startRun"]>[0];

/** Handed over at once; Temporal takes hundreds a second, and nobody should wait for a large batch. */
const AT_ONCE = 8;

export async function dispatch(ctx: Context, run: Start): Promise<void> {
  await dispatchAll(ctx, [run]);
}

/** In order. After the first refusal nobody is asked again: the sweeper takes the rest. */
export async function dispatchAll({ engine, log, db }: Context, runs: readonly Start[]): Promise<void> {
  const left = [...runs];
  const refused: string[] = [];
  const hand = async (): Promise<void> => {
    for (let run = left.shift(); run !== undefined; run = left.shift()) {
      const { runId } = run;
      try {
        if (refused.length > 0) refused.push(runId);
        else await engine.startRun(run);
      } catch (error) {
        log({ id: runId, path: "runs.dispatch", error });
        refused.push(runId);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, runs.length) }, hand));
  if (refused.length === 0) return;
  // Only those that nobody began meanwhile: a start whose answer was lost may have arrived.
  await db.run
    .updateMany({
      where: { id: { in: refused }, state: "queued" },
      data: { waitingFor: ENGINE_UNAVAILABLE, version: { increment: 1 } },
    })
    .catch((error: unknown) => {
      log({ id: refused[0] ?? "", path: "runs.dispatch", error });
    });
}
