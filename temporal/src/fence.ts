// The fence before everything that belongs to a run: once the run has ended here, or is not here any more, nothing acts for it.
// Temporal's file may be restored from yesterday: it would carry out once more what has been done, and undone, since.
import type { Context } from "@temporalio/activity";
import { ApplicationFailure } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { type Db, Prisma } from "@homeport/db/client";
import type { RunState } from "@homeport/db/types";
import { isActive } from "@homeport/domain/run/run-state";
import { RunWorkflows } from "@homeport/domain/run/run-kinds";
import { z } from "zod";
import { RUN_ENDED, RUN_PASSED } from "./contract";

/** They look at the run's state themselves, and change nothing of one that has ended. */
const open: ReadonlySet<string> = new Set(["openRun", "closeRun", "releaseTurn"]);
const ofRuns: ReadonlySet<string> = new Set(RunWorkflows);

const Uuid = z.uuid();
/** What an activity is asked: all that the fence compares. */
const Asked = z.object({
  runId: z.string().optional(),
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
        const workflowId = workflowOf(context);
        const asked = Asked.safeParse(input.args[0]).data ?? {};
        if (workflowId !== undefined)
          await (open.has(context.info.activityType) ? requireItsOwn : requireUnderWay)(db, { workflowId, asked });
        return next(input);
      },
    },
  });
}

/** Undefined: nothing of a run. */
function workflowOf({ info }: Context): string | undefined {
  if (info.workflowType === undefined || !ofRuns.has(info.workflowType)) return undefined;
  return info.workflowExecution?.workflowId;
}

interface Held {
  workflowId: string;
  asked: z.output<typeof Asked>;
}

/** Anybody may start a workflow in Temporal that names a run: only the run's own is listened to. */
async function requireItsOwn(db: Db, { workflowId, asked: { runId } }: Held): Promise<void> {
  const run = Uuid.safeParse(runId).success
    ? await reading(() => db.run.findUnique({ where: { id: runId ?? "" }, select: { id: true, workflowId: true } }))
    : null;
  if (run !== null && (run.workflowId ?? run.id) !== workflowId)
    throw refusal(RUN_ENDED, "This run is another workflow's.");
}

async function requireUnderWay(db: Db, { workflowId, asked }: Held): Promise<void> {
  const { step = "", attempt } = asked.began ?? asked;
  // The row has its workflow's id, or, begun before there was one, is called so itself.
  const itself = Uuid.safeParse(workflowId).success
    ? Prisma.sql`r."id" = ${workflowId}::uuid AND r."workflowId" IS NULL`
    : Prisma.sql`r."workflowId" = ${workflowId}`;
  // One statement: it stands before everything that a run does.
  const [run] = await reading(
    () => db.$queryRaw<{ id: string; state: RunState; containerId: string | null; reached: number | null }[]>`
      SELECT r."id", r."state"::text, r."containerId", s."attempt" AS "reached"
      FROM "Run" r LEFT JOIN "RunStep" s ON s."runId" = r."id" AND s."name" = ${step} WHERE ${itself} LIMIT 1`,
  );
  if (run === undefined) throw refusal(RUN_ENDED, "The records of this run are not here.");
  if (!isActive(run.state)) throw refusal(RUN_ENDED, `This run has ended already: ${run.state}.`);
  if (asked.runId !== undefined && asked.runId !== run.id) throw refusal(RUN_ENDED, "This is another run.");
  if (asked.containerId !== undefined && asked.containerId !== run.containerId)
    throw refusal(RUN_ENDED, "This run is of another container.");
  if (run.reached !== null && attempt !== undefined && run.reached > attempt)
    throw refusal(RUN_PASSED, `Step ${step} is at attempt ${run.reached} already.`);
}

/** As long as nobody can say whether the run is under way, nothing is done for it. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw ApplicationFailure.create({
      message: "Homeport's database does not answer",
      type: "database",
      category: "BENIGN",
      ...(error instanceof Error ? { cause: error } : {}),
    });
  }
}

function refusal(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true, category: "BENIGN" });
}
