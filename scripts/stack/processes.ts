// Which processes are ours: a pid alone may be somebody else's by now, a pid with its start time never is.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface ProcessRecord {
  pid: number;
  /** Says which life of the pid is meant; see `startOf`. */
  started: string;
}

export interface EndOptions {
  signal?: NodeJS.Signals;
  /** After this many milliseconds it is killed, with its whole process group. */
  deadlineMs?: number;
}

/** The processes of one stack by name, kept in a file so that the next start can end what a killed launcher left. */
export interface ProcessLedger {
  record(name: string, pid: number): void;
  forget(name: string): void;
  /** In the order in which they were started. */
  all(): [name: string, record: ProcessRecord][];
}

export function processLedger(file: string): ProcessLedger {
  const read = (): Record<string, ProcessRecord> => readJson<Record<string, ProcessRecord>>(file) ?? {};
  const write = (records: Record<string, ProcessRecord>): void => {
    writeAtomically(file, records);
  };
  return {
    record(name, pid) {
      const { [name]: _old, ...others } = read();
      write({ ...others, [name]: { pid, started: startOf(pid) ?? "" } });
    },
    forget(name) {
      const { [name]: _gone, ...others } = read();
      write(others);
    },
    all: () => Object.entries(read()),
  };
}

/** Ends, newest first, exactly the recorded processes that still live. Answers their names. */
export async function endRecorded(ledger: ProcessLedger, options: EndOptions = {}): Promise<string[]> {
  const ended: string[] = [];
  for (const [name, record] of ledger.all().reverse()) {
    const signal = name === "postgres" ? "SIGINT" : "SIGTERM"; // SIGINT is PostgreSQL's fast shutdown
    if (await endProcess(record, { signal, ...options })) ended.push(name);
    ledger.forget(name);
  }
  return ended;
}

/** Asks a process to end and makes it at the deadline. False when it was gone, or the pid is another process now. */
export async function endProcess(
  record: ProcessRecord,
  { signal = "SIGTERM", deadlineMs = 15_000 }: EndOptions = {},
): Promise<boolean> {
  if (!isAlive(record)) return false;
  sendSignal(record.pid, signal);
  const deadline = Date.now() + deadlineMs;
  while (isAlive(record)) {
    if (Date.now() > deadline && !sendSignal(-record.pid, "SIGKILL")) sendSignal(record.pid, "SIGKILL");
    await sleep(20);
  }
  return true;
}

/** True while the very process that was recorded runs. */
export function isAlive({ pid, started }: ProcessRecord): boolean {
  return started !== "" && startOf(pid) === started;
}

/** Boot and start time of a running process, `undefined` when there is none (a zombie is none). */
export function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
    return stdout.trim() === "" || stdout.startsWith("Z") ? undefined : stdout.trim().replace(/^\S+\s+/, "");
  }
  try {
    // proc(5): field 2 is the name in parentheses and may hold anything; 3 is the state, 22 the start in ticks since boot.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function recordOf(pid: number): ProcessRecord {
  return { pid, started: startOf(pid) ?? "" };
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it ended in this very moment, or leads no group
  }
}

export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T; // our own file, written whole by writeAtomically
  } catch {
    return undefined;
  }
}

/** Whole or not at all, readable by us alone. */
export function writeAtomically(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(aside, file);
}
