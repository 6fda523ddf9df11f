// Hands new runs to the engine. When it is away their rows stay queued and say so, and the sweeper starts them later: a click is never lost.
import { keepQueued } from "@homeport/records/run-troubles";
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
  await keepQueued(db, refused).catch((error: unknown) => {
    log({ id: refused[0] ?? "", path: "runs.dispatch", error });
  });
}
