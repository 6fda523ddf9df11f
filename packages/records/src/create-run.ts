// A run as it begins: queued, with all its steps. In the transaction of what it is about. The only place where runs are born.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import type { RunKind } from "@homeport/db/types";
import type { PlannedStep } from "@homeport/domain/run/run-plan";
import { type Subject, subjectColumns } from "./subject-columns";

export interface NewRun {
  id: string;
  kind: RunKind;
  /** Of its Temporal workflow. */
  workflowId: string;
  subject: Subject;
  /** Whose it is; of a container: its own, or the database refuses the run. */
  projectId: string;
  nodeId: string;
  userId: string;
  requestKey: string;
  steps: readonly Pick<PlannedStep, "name" | "title">[];
  /** The parsed input of a creation. */
  input?: Prisma.InputJsonObject;
  /** The plan that it is held to; null: it makes one first. */
  planHash?: string | null;
  batchId?: string;
  /** Begun by the lease of its container: `userId` is who set it. */
  byLease?: boolean;
  /** The run that it does again. */
  againOfId?: string | undefined;
}

export async function createRun(transaction: DbOrTransaction, run: NewRun): Promise<void> {
  await createRuns(transaction, [run]);
}

/** Two statements, however many. */
export async function createRuns(transaction: DbOrTransaction, runs: readonly NewRun[]): Promise<void> {
  await transaction.run.createMany({
    data: runs.map(({ steps: _, againOfId = null, subject, ...run }) => ({
      ...run,
      ...subjectColumns(subject),
      againOfId,
    })),
  });
  await transaction.runStep.createMany({
    data: runs.flatMap(({ id: runId, steps }) =>
      steps.map(({ name, title }, position) => ({ runId, name, title, position })),
    ),
  });
}
