// What the product's processes use: CPU time, memory, flushes to disk. All from the kernel (proc(5)), each part with its children.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { homeAt } from "../scripts/stack/paths";
import { processLedger, type ProcessRecord } from "../scripts/stack/processes";

const LAB = "lab";
/** USER_HZ, which Linux shows to programs as 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** The parts by name; neither the lab, which stands for somebody else's machine, nor the launcher, which is this process. */
function partsOf(dir: string): [name: string, process: ProcessRecord][] {
  return processLedger(homeAt(dir).pids)
    .all()
    .filter(([name]) => name !== LAB);
}

/** CPU seconds of each part since it began. */
export function cpuOf(dir: string): Record<string, number> {
  return Object.fromEntries(partsOf(dir).map(([name, { pid }]) => [name, sum(family(pid).map(cpuSeconds))]));
}

/** Proportional set size of each part in MiB: shared pages are counted once over all that share them. */
export function memoryOf(dir: string): Record<string, number> {
  return Object.fromEntries(partsOf(dir).map(([name, { pid }]) => [name, sum(family(pid).map(pssMib))]));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const total = (parts: Record<string, number>): number => sum(Object.values(parts));

export const inParts = (parts: Record<string, number>, digits: number): string =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${value.toFixed(digits)}`)
    .join(", ");

export function partOf(dir: string, name: string): ProcessRecord | undefined {
  return partsOf(dir).find(([other]) => other === name)?.[1];
}

/** How often the servers asked the disk to keep something while `work` ran; undefined without strace (which slows them down). */
export async function countFlushes(dir: string, work: () => Promise<unknown>): Promise<number | undefined> {
  if (!existsSync("/usr/bin/strace")) return undefined;
  const pids = ["postgres", "temporal"].flatMap((name) => {
    const part = partOf(dir, name);
    return part === undefined ? [] : family(part.pid);
  });
  const strace = spawn(
    "/usr/bin/strace",
    ["-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", ...pids.flatMap((pid) => ["-p", String(pid)])],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let seen = 0;
  strace.stderr.setEncoding("utf8").on("data", (text: string) => {
    seen += text.match(/\bf(?:data)?sync\(/g)?.length ?? 0;
  });
  await new Promise((resolve) => setTimeout(resolve, 500)); // until it has attached itself to all of them
  seen = 0;
  await work();
  strace.kill("SIGINT");
  await once(strace, "exit");
  return seen;
}

function family(pid: number): number[] {
  const threads = read(`/proc/${pid}/task/${pid}/children`);
  return [pid, ...threads.split(" ").filter(Boolean).map(Number).flatMap(family)];
}

/** Its own and that of its children which have ended: PostgreSQL's processes come and go with their connections. */
function cpuSeconds(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, cutime, cstime
  return sum(fields.slice(11, 15).map(Number)) / TICKS_PER_SECOND;
}

function pssMib(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it ended meanwhile
  }
}
