// The one statement that changes a run's state: it checks the table of domain/run/run-state in its own WHERE, so that whoever ended the run
// a moment before is not overwritten.
import { type DbOrTransaction, Prisma } from "@homeport/db/client";
import { type RunEvent, type StateAfter, statesBefore } from "@homeport/domain/run/run-state";
import type { WaitingFor } from "@homeport/domain/run/waiting";

/**
 * Whose move it is: a task of the run's workflow. A worker that slept while another one played its task, and later ones, is refused. Another
 * execution (begun anew, or reset in Temporal) counts from its own beginning.
 */
export interface RecordOf {
  executionId: string;
  /** Its event number in the workflow's history. */
  task: number;
  /** Written by whoever plays the task, which may be over; else Temporal itself asked for it. */
  here: boolean;
}

export interface Move<E extends RunEvent> {
  runId: string;
  event: E;
  to: StateAfter<E>;
  /** Undefined: not a record of its workflow. */
  by?: RecordOf | undefined;
}

/** What is written with the state: never the state itself. */
type Beside = Omit<Prisma.RunUpdateManyMutationInput, "id" | "state" | "version" | "waitingFor"> & {
  waitingFor: WaitingFor | null;
};

const written = { containerId: true, kind: true, cancelRequestedAt: true } as const satisfies Prisma.RunSelect;
/** The run that was moved. */
export type Moved = Prisma.RunGetPayload<{ select: typeof written }>;

const dataOf = (to: Move<RunEvent>["to"], { waitingFor, ...beside }: Beside) => ({
  ...beside,
  waitingFor: waitingFor ?? Prisma.DbNull,
  state: to,
  version: { increment: 1 },
});

/** The runs in which this record comes in time. */
export const inTime = ({ executionId, task, here }: RecordOf): { OR?: Prisma.RunWhereInput[] } =>
  here ? { OR: [{ executionId: null }, { executionId: { not: executionId } }, { lastTask: { lte: task } }] } : {};

/** Rejects with Prisma's P2025 where the event does not fit the run's state, as when it has ended meanwhile, or the record comes too late. */
export function moveRun<E extends RunEvent>(
  within: DbOrTransaction,
  { runId, event, to, by }: Move<E>,
  beside: Beside,
): Promise<Moved> {
  return within.run.update({
    where: { id: runId, state: { in: statesBefore(event, to) }, ...(by && inTime(by)) },
    data: { ...dataOf(to, beside), ...(by && { executionId: by.executionId, lastTask: by.task }) },
    select: written,
  });
}

/** Answers false, and has changed nothing, where the event does not fit the run's state, or the run is not as `only` says. */
export async function moveRunIfItFits<E extends RunEvent>(
  within: DbOrTransaction,
  { runId, event, to, only = {} }: Move<E> & { only?: Omit<Prisma.RunWhereInput, "id" | "state"> },
  beside: Beside,
): Promise<boolean> {
  const { count } = await within.run.updateMany({
    where: { ...only, id: runId, state: { in: statesBefore(event, to) } },
    data: dataOf(to, beside),
  });
  return count > 0;
}
