// The worker as a process: `node --import tsx temporal/src/main.ts`. Prints {"event":"ready"} when it takes work.
import { setTimeout as sleep } from "node:timers/promises";
import { createDb } from "@homeport/db/client";
import { createVault, isSealingKeysError, readKeys } from "@homeport/db/sealing";
import { checkKeys, REFUSED_EXIT_CODE } from "@homeport/db/sealing-check";
import { NativeConnection, Runtime } from "@temporalio/worker";
import { createEngine } from "./client";
import { createCodec } from "./codec";
import { describeRun } from "./describe-run";
import { WorkerEnv } from "./env";
import { startSweeper } from "./sweeper";
import { loadTemplates } from "./templates/load-templates";
import { createWorker } from "./worker";

const print = (entry: { event: string; [key: string]: unknown }): void => { process.stdout.write(`${JSON.stringify(entry)}\n`); };

const env = WorkerEnv.parse(process.env);
// Ours below: the runtime's own handlers would end the worker without the sweeper.
Runtime.install({ shutdownSignals: [] });
let stopping = false;
const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => { stopping = true; resolve(); });
});

const keys = await orRefuse(() => readKeys(env.keyFile));
const db = createDb(env.DATABASE_URL, { max: 20 });
const vault = createVault(keys);
const codec = createCodec(keys);
const engine = createEngine({ address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE, taskQueue: env.TEMPORAL_TASK_QUEUE, uiUrl: env.TEMPORAL_UI_URL, describe: describeRun(db), codec });

await untilUp("PostgreSQL", async () => {
  await db.$queryRaw`SELECT 1`;
  await orRefuse(() => checkKeys(db, keys, env.keyFile));
});
const loaded = await untilUp("the templates", () => loadTemplates(db, env.HOMEPORT_TEMPLATES));
print({ event: "templates", ...loaded });
for (const line of [...(loaded?.problems ?? []), ...(loaded?.mended ?? [])]) process.stderr.write(`${line}\n`);

const sweep = startSweeper({ db, engine, log: print, logDays: env.HOMEPORT_LOG_DAYS });
while (!stopping) {
  // A Temporal server that goes away for long ends the worker's run: it begins anew, the process stays.
  const connection = await untilUp("Temporal", () => NativeConnection.connect({ address: env.TEMPORAL_ADDRESS }));
  if (connection === undefined) break;
  const worker = await untilUp("Temporal", () => createWorker({ db, vault, codec, connection, namespace: env.TEMPORAL_NAMESPACE, taskQueue: env.TEMPORAL_TASK_QUEUE }));
  if (worker) {
    print({ event: "ready" });
    const run = worker.run().catch((error: unknown) => { print({ event: "worker-ended", error: String(error) }); });
    await Promise.race([run, stopped]);
    if (stopping && worker.getState() === "RUNNING") worker.shutdown();
    await run;
  }
  await connection.close().catch(() => undefined);
}
await Promise.allSettled([sweep(), engine.close()]);
await db.$disconnect().catch(() => undefined);
process.exit(0);

/** Without the keys every secret is a failure of some run: better none is begun. The launcher shows the reason. */
async function orRefuse<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSealingKeysError(error)) throw error;
    print({ event: "refused", reason: error.message });
    process.exit(REFUSED_EXIT_CODE);
  }
}

/** Tries until it succeeds, saying once what it waits for; undefined when the process is told to stop meanwhile. */
async function untilUp<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  for (let waitMs = 250, told = ""; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await work();
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split("\n").filter(Boolean).at(-1) ?? error.name) : String(error);
      if (reason !== told) print({ event: "waiting", for: what, reason });
      told = reason;
      await Promise.race([sleep(waitMs), stopped]);
    }
  }
  return undefined;
}
