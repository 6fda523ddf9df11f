// The fence before everything that belongs to a run: once the run has ended here, or is not here any more, nothing acts for it.
// Temporal's file may be restored from yesterday: it would carry out once more what has been done, and undone, since.
import type { Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import type { Db } from "@homeport/db/client";
import { isActive } from "@homeport/domain/run-state";
import { z } from "zod";
import { RUN_ENDED, RUN_PASSED, WorkflowNames } from "./contract";

/** They look at the run themselves, and change nothing of one that has ended. */
const open: ReadonlySet<string> = new Set(["openRun", "closeRun", "releaseTurn"]);
const ofRuns: ReadonlySet<string> = new Set([WorkflowNames.provision, WorkflowNames.operate]);

const Uuid = z.uuid();
/** What an activity is asked: all that the fence compares. */
const Asked = z.object({
  containerId: z.string().optional(),
  step: z.string().nullish(),
  attempt: z.number().optional(),
  began: z.object({ step: z.string(), attempt: z.number() }).optional(),
});

/** Every activity of a run's workflow passes here, at every try: also those that undo, as a run that has ended undoes nothing. */
export function createFence(db: Db): ActivityInterceptorsFactory {
  return (context) => ({
    inbound: {
      async execute(input, next) {
        const runId = runOf(context);
        if (runId !== undefined) await requireUnderWay(db, { runId, asked: Asked.safeParse(input.args[0]).data ?? {} });
        return next(input);
      },
    },
  });
}

/** The run's id is its workflow's. Undefined: nothing of a run, or nothing to hold back. */
function runOf({ info }: Context): string | undefined {
  if (info.workflowType === undefined || !ofRuns.has(info.workflowType) || open.has(info.activityType)) return undefined;
  return info.workflowExecution?.workflowId;
}

async function requireUnderWay(db: Db, { runId, asked }: { runId: string; asked: z.output<typeof Asked> }): Promise<void> {
  const run = await readRun(db, runId);
  if (run === null) throw refusal(RUN_ENDED, "The records of this run are not here.");
  if (!isActive(run.state)) throw refusal(RUN_ENDED, `This run has ended already: ${run.state}.`);
  if (asked.containerId !== undefined && asked.containerId !== run.containerId) throw refusal(RUN_ENDED, "This run is of another container.");
  const { step, attempt } = asked.began ?? asked;
  const row = run.steps.find(({ name }) => name === step);
  if (row && attempt !== undefined && row.attempt > attempt) throw refusal(RUN_PASSED, `Step ${row.name} is at attempt ${row.attempt} already.`);
}

async function readRun(db: Db, runId: string) {
  if (!Uuid.safeParse(runId).success) return null;
  try {
    return await db.run.findUnique({ where: { id: runId }, select: { state: true, containerId: true, steps: { select: { name: true, attempt: true } } } });
  } catch (error) {
    // As long as nobody can say whether the run is under way, nothing is done for it.
    throw ApplicationFailure.create({ message: "Homeport's database does not answer", type: "database", category: "BENIGN", ...(error instanceof Error ? { cause: error } : {}) });
  }
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, category: "BENIGN" });
}
