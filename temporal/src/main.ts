// The worker as a process: built (build-worker.ts), or `node --import tsx temporal/src/main.ts`. Prints {"event":"ready"} when it takes work.
import { setTimeout as sleep } from "node:timers/promises";
import { createHeadSigner, headFile } from "@homeport/db/audit-heads";
import { createDb } from "@homeport/db/client";
import { createVault, isSealingKeysError, readKeys } from "@homeport/db/sealing";
import { checkKeys, REFUSED_EXIT_CODE } from "@homeport/db/sealing-check";
import { NativeConnection, Runtime } from "@temporalio/worker";
import { createEngine } from "./client";
import { createCodec } from "./codec";
import { engineNames } from "./engine-names";
import { WorkerEnv } from "./env";
import { mailSettingsOf } from "./mail/mail-settings";
import { keepQueued, type MailDeps } from "./mail/send-mails";
import { createSmtp } from "./mail/smtp";
import { startSweeper } from "./sweeper";
import { loadTemplates } from "./templates/load-templates";
import { createWorker, workerParts } from "./worker";
import { startBeating } from "./worker-beat";

const print = (entry: { event: string; [key: string]: unknown }): void => {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};

const env = WorkerEnv.parse(process.env);
// Ours below: the runtime's own handlers would end the worker without the sweeper.
Runtime.install({ shutdownSignals: [] });
let stopping = false;
const stopped = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stopping = true;
      resolve();
    });
});

const keys = await orRefuse(() => readKeys(env.keyFile));
const db = createDb(env.DATABASE_URL, { max: 20 });
const vault = createVault(keys);
const codec = createCodec(keys);
const engine = createEngine({
  address: env.TEMPORAL_ADDRESS,
  namespace: env.TEMPORAL_NAMESPACE,
  taskQueue: env.TEMPORAL_TASK_QUEUE,
  names: engineNames(db),
  codec,
});

const parts = workerParts.filter((part) => env.HOMEPORT_WORKER_PART === "both" || env.HOMEPORT_WORKER_PART === part);

const mails = mailDeps();
/** With settings that are wrong they wait. */
const mailServer = mails !== null;

// Beside the way to Temporal: a worker that takes another one's place is waited for.
const prepared = prepareDatabase();
while (!stopping) {
  // A Temporal server that goes away for long ends the worker's run: it begins anew, the process stays.
  const connection = await untilUp("Temporal", () => NativeConnection.connect({ address: env.TEMPORAL_ADDRESS }));
  if (connection === undefined) break;
  const workers = await untilUp("Temporal", () =>
    Promise.all(
      parts.map((part) =>
        createWorker({
          part,
          db,
          vault,
          codec,
          connection,
          namespace: env.TEMPORAL_NAMESPACE,
          taskQueue: env.TEMPORAL_TASK_QUEUE,
          log: print,
          logDays: env.HOMEPORT_LOG_DAYS,
          heads: { signer: createHeadSigner(keys), memory: headFile(env.auditHeadFile), days: env.HOMEPORT_AUDIT_DAYS },
          mailServer,
          bundle: env.HOMEPORT_WORKFLOW_BUNDLE === undefined ? undefined : { codePath: env.HOMEPORT_WORKFLOW_BUNDLE },
        }),
      ),
    ),
  );
  await prepared;
  if (workers && !stopping) {
    print({ event: "ready" });
    const runs = workers.map((worker) =>
      worker.run().catch((error: unknown) => {
        print({ event: "worker-ended", error: String(error) });
      }),
    );
    // One that ends takes the other along: both begin anew.
    await Promise.race([...runs, stopped]);
    for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
    await Promise.all(runs);
  }
  await connection.close().catch(() => undefined);
}
await Promise.allSettled([(await prepared)(), engine.close()]);
await db.$disconnect().catch(() => undefined);
process.exit(0);

/** Answers how to end what works beside Temporal's worker. */
async function prepareDatabase(): Promise<() => Promise<unknown>> {
  await untilUp("PostgreSQL", async () => {
    await db.$queryRaw`SELECT 1`;
    await orRefuse(() => checkKeys(db, keys, env.keyFile));
  });
  const loaded = parts.includes("runs")
    ? await untilUp("the templates", () => loadTemplates(db, env.HOMEPORT_TEMPLATES))
    : undefined;
  print({ event: "templates", ...loaded });
  for (const line of [...(loaded?.problems ?? []), ...(loaded?.mended ?? [])]) process.stderr.write(`${line}\n`);
  const stopBeating = startBeating({ db, parts });
  if (mails === null && parts.includes("runs"))
    await untilUp("PostgreSQL", () => keepQueued({ db, clock: () => new Date() }));
  const sweep = parts.includes("runs")
    ? startSweeper({ db, engine, log: print }, mails ?? undefined)
    : () => Promise.resolve();
  return () => Promise.allSettled([sweep(), stopBeating()]);
}

/** Null: no mail server is set. Undefined: what is set is wrong; mails wait then, and runs go on. */
function mailDeps(): MailDeps | null | undefined {
  try {
    const settings = mailSettingsOf(process.env);
    if (settings === undefined) return null;
    if (env.HOMEPORT_URL === undefined) throw new Error("HOMEPORT_URL is not set: links in mails begin with it.");
    const { origin, hostname: domain } = new URL(env.HOMEPORT_URL);
    return { db, vault, send: createSmtp(settings, { domain }), origin, clock: () => new Date(), log: print };
  } catch (error) {
    print({ event: "no-mails", level: "error", reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

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
  for (let waitMs = 250, reported = ""; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
    try {
      return await work();
    } catch (error) {
      const reason =
        error instanceof Error ? (error.message.split("\n").filter(Boolean).at(-1) ?? error.name) : String(error);
      if (reason !== reported) print({ event: "waiting", for: what, reason });
      reported = reason;
      await Promise.race([sleep(waitMs), stopped]);
    }
  }
  return undefined;
}
