// A worker as a process: the real main.ts, to be killed, stopped, frozen and started again.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { buildWorker, workerCommand } from "@homeport/temporal/build-worker";
import { until } from "@homeport/testing/until";

export interface WorkerProcess {
  pid: number;
  alive(): boolean;
  printed(): string;
  /** No goodbye: as power loss does it. */
  kill(): Promise<void>;
  /** SIGTERM; answers how long it took, in ms, and its exit code. */
  stop(): Promise<{ tookMs: number; code: number | null }>;
  /** SIGSTOP: it is there and does nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** Long on a machine that has much else to do. */
const START_MS = 240_000;
const root = path.resolve(import.meta.dirname, "../..");

export async function startWorkerProcess(env: Record<string, string>): Promise<WorkerProcess> {
  const built = workerCommand(await buildWorker());
  const [command = "", ...args] = built.argv;
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...built.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      printed += bytes.toString("utf8");
    });
  const worker = processOf(child, exited, () => printed);
  await until("the worker takes work", () => !worker.alive() || printed.includes('"event":"ready"'), START_MS).catch(
    () => worker.kill(),
  );
  if (!worker.alive()) throw new Error(`the worker did not start:\n${printed}`);
  return worker;
}

function processOf(child: ChildProcess, exited: Promise<unknown[]>, printed: () => string): WorkerProcess {
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    alive,
    printed,
    async kill() {
      if (!alive()) return;
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      const began = Date.now();
      child.kill("SIGTERM");
      const [code] = (await exited) as [number | null]; // the event's first argument
      return { tookMs: Date.now() - began, code };
    },
    freeze() {
      child.kill("SIGSTOP");
    },
    thaw() {
      child.kill("SIGCONT");
    },
  };
}
