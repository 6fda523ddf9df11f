// One child process: its output in a file, its own process group, known to be ready before anybody relies on it.
import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endProcess, recordOf } from "./processes";

/** A process that reached readiness. */
export interface Running {
  pid: number;
  /** Settles with the reason when it ends, wanted or not. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  argv: readonly string[];
  cwd: string;
  /** All it gets of ours: from the launcher it inherits what belongs to the machine only. */
  env?: NodeJS.ProcessEnv;
  /** Appended to. A file, not a pipe: a killed launcher does not break its children's output. */
  log: string;
  /** Asked again and again, with what this process has printed so far, until it says true. */
  ready(output: string): boolean | Promise<boolean>;
  readyDeadlineMs?: number;
  stopDeadlineMs?: number;
  onSpawn?: (pid: number) => void;
}

/** It said why it does not start, in words for the person: starting it again is of no use until that is mended. */
export class RefusedToStart extends Error {
  override readonly name = "RefusedToStart";
}

/** Addresses with passwords, key files and switches of Homeport: who needs them is given them. The cache is a folder of the machine. */
const OURS = /^(?:DATABASE_URL$|PG[A-Z]|TEMPORAL_|HOMEPORT_(?!CACHE$))/;

/** What any program of this machine may know: neither the database's password nor where the keys are. */
export function machineEnvironment(all: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = { ...all };
  for (const name of Object.keys(kept)) if (OURS.test(name)) Reflect.deleteProperty(kept, name);
  return kept;
}

/** Starts a process and waits until it is ready; when it is not, the error holds why it refused, or the end of its log. */
export async function startChild(options: ChildOptions): Promise<Running> {
  const {
    name,
    argv: [command = "", ...args],
    cwd,
    env,
    log,
    readyDeadlineMs = 90_000,
    stopDeadlineMs = 15_000,
  } = options;
  mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 });
  const output = openSync(log, "a", 0o600);
  const from = statSync(log).size;
  // Detached: the terminal's Ctrl-C must reach the launcher alone, which stops its children in order.
  const child = spawn(command, args, {
    cwd,
    env: { ...machineEnvironment(), ...env },
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  // Who ended it may have removed its folder before its end is heard of here.
  const printed = (): string => (existsSync(log) ? readFileSync(log).subarray(from).toString() : "");
  const refusal = (): string | undefined => findEvent(printed(), "refused")?.reason?.toString();
  const exited = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("exit", (code, signal) => {
      resolve(signal ? `signal ${signal}` : (refusal() ?? `exit code ${code}`));
    });
  });
  if (child.pid === undefined) throw new Error(`${name} could not be started: ${await exited}`);
  options.onSpawn?.(child.pid);
  const record = recordOf(child.pid);
  const stop = async (): Promise<void> => {
    await endProcess(record, { deadlineMs: stopDeadlineMs });
    await exited;
  };

  let over: string | undefined;
  void exited.then((reason) => {
    over = reason;
  });
  const deadline = Date.now() + readyDeadlineMs;
  while (!(await options.ready(printed()))) {
    if (over === undefined && Date.now() < deadline) {
      await sleep(30);
      continue;
    }
    const why = over ?? `not ready after ${readyDeadlineMs / 1_000} s${waitsFor(printed())}`;
    await stop();
    const refused = refusal();
    if (refused !== undefined) throw new RefusedToStart(refused);
    throw new Error(
      `${name} did not start (${why}). The end of ${log}:\n${printed().trim().split("\n").slice(-15).join("\n")}`,
    );
  }
  return { pid: child.pid, exited, stop };
}

/** What a part that waits for another one has printed last of it. */
function waitsFor(output: string): string {
  const waiting = findEvent(output.split("\n").reverse().join("\n"), "waiting");
  return waiting === undefined
    ? ""
    : `: it waits for ${String(waiting.for)}, which answers “${String(waiting.reason)}”`;
}

/** The first line of `output` that is a JSON object with this `event`. */
export function findEvent(output: string, event: string): Record<string, unknown> | undefined {
  for (const line of output.split("\n")) {
    if (!line.startsWith("{") || !line.includes(event)) continue;
    try {
      const parsed: unknown = JSON.parse(line);
      if (typeof parsed === "object" && parsed !== null && "event" in parsed && parsed.event === event)
        return { ...parsed };
    } catch {
      // Half a line so far: the next look sees all of it.
    }
  }
  return undefined;
}

/** Runs a command to its end; throws with the end of its log when it fails. */
export async function runToEnd(options: Omit<ChildOptions, "ready" | "readyDeadlineMs">): Promise<void> {
  const from = existsSync(options.log) ? statSync(options.log).size : 0;
  const { exited } = await startChild({ ...options, ready: () => true });
  const reason = await exited;
  if (reason === "exit code 0") return;
  const end = readFileSync(options.log).subarray(from).toString().trim().split("\n").slice(-25).join("\n");
  throw new Error(`${options.name} failed (${reason}). The end of ${options.log}:\n${end}`);
}
