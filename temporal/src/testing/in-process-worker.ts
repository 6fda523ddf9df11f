// A worker in the test's own process, on a task queue of its own of the run's shared Temporal server.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createHeadSigner } from "@homeport/db/audit-heads";
import { DefaultLogger, NativeConnection, Runtime, type WorkflowBundle } from "@temporalio/worker";
import type { Pace } from "../activities/host/deps";
import { buildWorker } from "../build-worker";
import { createEngine, type Engine } from "../client";
import { engineNames } from "../engine-names";
import { createWorker, workerParts } from "../worker";
import type { Fixture } from "./fixture";

export interface TestWorker {
  engine: Engine;
  taskQueue: string;
  stop(): Promise<void>;
}

const quickPace: Pace = {
  pollFirstMs: 5,
  pollMostMs: 20,
  readyMs: 20_000,
  stoppedMs: 100,
  shutdownS: 1,
  seenMs: 2_000,
  rightsMs: 60_000,
};

let quiet = false;
let bundle: Promise<WorkflowBundle> | undefined;

/** That of the product, read once for all workers of a process. */
export function workflowBundle(): Promise<WorkflowBundle> {
  bundle ??= buildWorker().then(async ({ workflows }) => ({ code: await readFile(workflows, "utf8") }));
  return bundle;
}

export function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({
    logger: new DefaultLogger(process.env.TEST_LOG === "1" ? "INFO" : "ERROR"),
    telemetryOptions: { logging: { filter: "ERROR", forward: {} } },
  });
}

/** `address`: `inject("temporalAddress")`. `taskQueue`: of another worker, to share its work. `bundle`: other workflow code. */
export async function startTestWorker(
  { db, vault, codec, keys }: Fixture,
  address: string,
  {
    taskQueue = `test-${randomUUID()}`,
    bundle: other,
    ...pace
  }: Partial<Pace> & { taskQueue?: string; bundle?: WorkflowBundle } = {},
): Promise<TestWorker> {
  quietRuntime();
  const connection = await NativeConnection.connect({ address });
  const code = other ?? (await workflowBundle());
  const heads = {
    signer: createHeadSigner({
      ...keys,
      keys: Object.fromEntries(Object.entries(keys.keys).map(([name, key]) => [name, Buffer.from(key, "base64")])),
    }),
    memory: { read: () => null, write: () => Promise.resolve() },
    days: 0,
  };
  const shared = {
    db,
    vault,
    codec,
    connection,
    taskQueue,
    heads,
    bundle: code,
    log: () => undefined,
    logDays: 90,
    mailServer: true,
  };
  const workers = await Promise.all(
    workerParts.map((part) => createWorker({ ...shared, part, pace: { ...quickPace, ...pace } })),
  );
  const run = Promise.all(workers.map((worker) => worker.run()));
  run.catch(() => undefined); // one that ends before it is stopped is told of by stop
  const engine = createEngine({ address, taskQueue, codec, names: engineNames(db), timeoutMs: 10_000 });
  return {
    engine,
    taskQueue,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await run;
      await engine.close();
      await connection.close();
    },
  };
}
