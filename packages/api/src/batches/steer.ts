// What a person does to a batch as a whole: retry those that failed, cancel those that are not finished.
import type { Prisma } from "@homeport/db/client";
import { canCancel, retryOf } from "@homeport/domain/batch/batch-state";
import { isAppError } from "@homeport/domain/error";
import { containerOf } from "@homeport/domain/run/run-subject";
import type { MemberContext } from "../context";
import { cancelRun } from "../runs/cancel";
import { decideRun } from "../runs/decide";
import { beginAnew } from "./again";
import { owned } from "../access/owned";
import { newest } from "./view";

/** `refused`: by hostname, why it was left as it is. */
export interface Steered {
  done: number;
  refused: { hostname: string; reason: string }[];
}

interface Asked {
  id: string;
  requestKey: string;
}

const select = {
  title: true,
  projectId: true,
  userId: true,
  runs: {
    select: {
      id: true,
      state: true,
      againOfId: true,
      cancelRequestedAt: true,
      requestKey: true,
      input: true,
      container: { select: { hostname: true } },
    },
    orderBy: { id: "asc" },
  },
} as const satisfies Prisma.BatchSelect;
type Batch = Prisma.BatchGetPayload<{ select: typeof select }>;
type Run = Batch["runs"][number];

/** Those that wait for a decision go on where they failed; those that ended are begun anew. The others are not touched. */
export async function retryFailed(ctx: MemberContext, { id, requestKey }: Asked): Promise<Steered> {
  const { row: batch, membership } = await owned(ctx, { noun: "batch", id, permission: "run:write" }, select);
  ctx.audit.nothing("each run that is retried writes its own line");
  const current = newest(batch.runs);
  const decided = await each(
    current.filter((run) => retryOf(run) === "decide"),
    (run) => decideRun(ctx, { id: run.id, decision: "retry", requestKey: `${requestKey}:${run.id}` }),
  );
  // What an earlier arrival of this click began is not begun again, even if it failed since.
  const anew = current.filter((run) => retryOf(run) === "anew" && !run.requestKey.startsWith(`${requestKey}:`));
  if (anew.length === 0) return decided;
  const begun = await beginAnew(ctx, anew, { batchId: id, batch, requestKey, membership });
  return { done: decided.done + begun.done, refused: [...decided.refused, ...begun.refused] };
}

export async function cancelRest(ctx: MemberContext, { id, requestKey }: Asked): Promise<Steered> {
  const { row: batch } = await owned(ctx, { noun: "batch", id, permission: "run:write" }, select);
  ctx.audit.nothing("each run that is cancelled writes its own line");
  return each(newest(batch.runs).filter(canCancel), (run) =>
    cancelRun(ctx, { id: run.id, requestKey: `${requestKey}:${run.id}` }),
  );
}

/** One after the other: each is a decision of its own, and one that is refused does not stop the others. */
async function each(runs: readonly Run[], act: (run: Run) => Promise<unknown>): Promise<Steered> {
  const refused: Steered["refused"] = [];
  for (const run of runs) {
    try {
      await act(run);
    } catch (error) {
      if (!isAppError(error)) throw error;
      refused.push({ hostname: containerOf(run).hostname, reason: error.message });
    }
  }
  return { done: runs.length - refused.length, refused };
}
