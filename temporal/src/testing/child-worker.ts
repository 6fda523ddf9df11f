// A worker in a process of its own, to be killed: the real main.ts with a test's database, lab and task queue.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildWorker, workerCommand } from "../build-worker";
import type { Fixture } from "./fixture";

export interface ChildWorker {
  pid: number;
  /** No goodbye: as power loss does it. */
  kill(): Promise<void>;
  /** SIGTERM; answers how long it took, in ms, and its exit code. */
  stop(): Promise<{ tookMs: number; code: number | null }>;
  printed(): string;
  alive(): boolean;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));
const READY_MS = 180_000;

export async function startChildWorker(
  fixture: Fixture,
  at: { address: string; taskQueue: string },
): Promise<ChildWorker> {
  const templates = path.join(fixture.dir, "templates");
  const keyFile = path.join(fixture.dir, "sealing.json");
  await mkdir(templates, { recursive: true });
  await writeFile(keyFile, JSON.stringify(fixture.keys), { mode: 0o600 });
  const { argv, env } = workerCommand(await buildWorker());
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      DATABASE_URL: fixture.databaseUrl,
      TEMPORAL_ADDRESS: at.address,
      TEMPORAL_TASK_QUEUE: at.taskQueue,
      HOMEPORT_KEY_FILE: keyFile,
      HOMEPORT_TEMPLATES: templates,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      printed += bytes.toString("utf8");
    });
  await ready(child, () => printed);
  const exited = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      const began = Date.now();
      child.kill("SIGTERM");
      const [code] = (await exited) as [number | null];
      return { tookMs: Date.now() - began, code };
    },
  };
}

async function ready(child: ChildProcess, printed: () => string): Promise<void> {
  for (const deadline = Date.now() + READY_MS; !printed().includes('"event":"ready"');) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`the worker did not start:\n${printed()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
