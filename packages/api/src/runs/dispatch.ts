// Hands a new run to the engine. When it is away the row stays queued, and the sweeper starts it later: a click is never lost.
import type { Context } from "../context";
import type { Engine } from "../engine-port";

export async function dispatch({ engine, log }: Context, run: Parameters<Engine["startRun"]>[0]): Promise<void> {
  await engine.startRun(run).catch((error: unknown) => { log({ id: run.runId, path: "runs.dispatch", error }); });
}
