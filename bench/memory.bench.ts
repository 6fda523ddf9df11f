// Memory of each process with 1,000 containers in the list, over the same process a moment after its start.
import { readFileSync } from "node:fs";
import { homeAt } from "../scripts/stack/paths";
import { processLedger } from "../scripts/stack/processes";
import type { Figure } from "./figures";
import type { Bench } from "./main";
import { GUESTS } from "./list.bench";

const LOOKS = 50;

/** Runs after the lists' bench: the guests and rows are there, and the processes have answered for them. */
export async function benchMemory({ dir, product }: Bench): Promise<Figure[]> {
  const { landing } = await product.projects.list.query();
  const before = memoryOf(dir);
  for (let round = 0; round < LOOKS; round++) await product.containers.list.query({ projectId: landing.id });
  const after = memoryOf(dir);
  return Object.entries(after).map(([name, mib]) => ({
    name: `memory of ${name}`,
    ours: mib,
    against: before[name] ?? mib,
    unit: "MiB",
    of: `after ${LOOKS} lists of ${GUESTS} containers, over before`,
  }));
}

/** Proportional set size in MiB of each part, its children included (proc(5), smaps_rollup). */
export function memoryOf(dir: string): Record<string, number> {
  const parts = processLedger(homeAt(dir).pids).all();
  return Object.fromEntries(
    parts.map(([name, { pid }]) => [name, family(pid).reduce((sum, one) => sum + pssMib(one), 0)]),
  );
}

function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return [pid, ...children.flatMap(family)];
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
