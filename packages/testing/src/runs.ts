// A run as a test waits for it, and what its steps wrote.
import type { Db, Prisma } from "@homeport/db/client";
import type { RunState } from "@homeport/db/types";
import { isActive } from "@homeport/domain/run/run-state";
import { containerIdOf, containerOf } from "@homeport/domain/run/run-subject";
import { until } from "./until";

type Read = Prisma.RunGetPayload<{ include: { steps: true; container: true } }>;
/** Of a run on a container. */
export type RunRow = Read & { containerId: string; container: NonNullable<Read["container"]> };

/** Waits for one of the states; a run that ended in another one, or not in time, is described with its steps. */
export async function runIs(
  db: Db,
  runId: string,
  states: RunState | readonly RunState[],
  withinMs = 480_000,
): Promise<RunRow> {
  const wanted = typeof states === "string" ? [states] : states;
  const read = async (): Promise<RunRow> => {
    const row = await db.run.findUniqueOrThrow({
      where: { id: runId },
      include: { steps: { orderBy: { position: "asc" } }, container: true },
    });
    return { ...row, containerId: containerIdOf(row), container: containerOf(row) };
  };
  // A test that cuts PostgreSQL's sessions cuts this reader's too: `until` asks again.
  const run = await until(
    `run ${runId} is ${wanted.join(" or ")}`,
    async () => {
      // Asked so often that it is asked for no more than it needs.
      const { state } = await db.run.findUniqueOrThrow({ where: { id: runId }, select: { state: true } });
      if (!wanted.includes(state) && isActive(state)) return false;
      const now = await read();
      return (wanted.includes(now.state) || !isActive(now.state)) && now;
    },
    withinMs,
  ).catch(async (error: unknown) => {
    throw new Error(describeRun(await read()), { cause: error });
  });
  if (!wanted.includes(run.state)) throw new Error(`not ${wanted.join(" or ")}: ${describeRun(run)}`);
  return run;
}

export function describeRun(run: Read): string {
  const steps = run.steps
    .map(
      ({ name, state, attempt, tries, error, detail }) =>
        `  ${name} ${state} ${attempt}/${tries} ${error ?? ""} ${JSON.stringify(detail)}`,
    )
    .join("\n");
  return `run ${run.id} of ${run.container?.hostname ?? run.subjectType} (VMID ${run.container?.vmid ?? "none"}) is ${run.state} (${run.error ?? JSON.stringify(run.waitingFor)})\n${steps}`;
}

/** All attempts of a step, in order. */
export async function outputOf(db: Db, runId: string, step: string, stream = "output"): Promise<string> {
  const pieces = await db.runLog.findMany({
    where: { runId, stream, step: { name: step } },
    orderBy: [{ attempt: "asc" }, { byteOffset: "asc" }],
  });
  return pieces.map(({ text }) => text).join("");
}
