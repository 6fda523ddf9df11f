// What a run's workflow believes: a decision that Homeport recorded. Temporal itself knows nobody by name, and whoever reaches its
// ports may send an update or ask for a cancellation; neither moves a run unless its row shows that a person decided so.
import { ApplicationFailure, CancellationScope, defineUpdate, log, patched, setHandler } from "@temporalio/workflow";
import type { DecisionRequest } from "../activities/records/decision-records";
import { CANCEL_UPDATE, type SteerInput } from "../contract";
import { asking } from "./activities";
import { isFenced } from "./unless-ended";

const RECORDED = "decisions-are-recorded-2026-11-28";

const cancelUpdate = defineUpdate<undefined, [SteerInput]>(CANCEL_UPDATE);

/** Asked at each decision, not once: a run that older code has begun believes rows from now on as well. */
export const believesRowsOnly = (): boolean => patched(RECORDED);

/** Throws with the reason when no row shows that a person decided this, or when it was done before. */
export async function requireRecorded(asked: DecisionRequest): Promise<void> {
  const { refusal } = await CancellationScope.nonCancellable(() => asking.checkDecision(asked)).catch(endedRefuses);
  if (refusal !== null) refuse(refusal, asked);
}

/**
 * Hands `cancel` a cancellation that is recorded: asked for by Homeport's own update, or by a cancel request of Temporal's. One that
 * is not recorded changes nothing, and the container's events show that it came.
 */
export function takeCancellations(
  { runId, requested }: { runId: string; requested: Promise<never> },
  cancel: () => void,
): void {
  const isRecorded = (): Promise<{ recorded: boolean }> =>
    CancellationScope.nonCancellable(() => asking.checkCancel({ runId }));

  setHandler(cancelUpdate, async (): Promise<undefined> => {
    const { recorded } = await isRecorded().catch(endedRefuses);
    if (!recorded) refuse("Nobody cancelled this run in Homeport.", { runId, decision: "cancel" });
    cancel();
    return undefined;
  });

  const onRequest = async (): Promise<void> => {
    if (!believesRowsOnly()) {
      cancel();
      return;
    }
    // Of a run that is not under way any more, the fence lets nothing be touched: its workflow may end.
    const { recorded } = await isRecorded().catch((failure: unknown) => ({ recorded: isFenced(failure) }));
    if (recorded) {
      cancel();
      return;
    }
    log.warn("a cancel request that Homeport did not record changes nothing", { runId });
    await CancellationScope.nonCancellable(() => asking.noteStrangeCancel({ runId })).catch((failure: unknown) => {
      log.warn("it could not be noted", { failure });
    });
  };
  requested.catch(() => void onRequest());
}

function refuse(refusal: string, asked: { runId: string; decision: string }): never {
  log.warn("a decision is refused", { ...asked, refusal });
  throw ApplicationFailure.nonRetryable(refusal, "not-fitting");
}

function endedRefuses(failure: unknown): never {
  throw isFenced(failure) ? ApplicationFailure.nonRetryable("This run has ended.", "not-fitting") : failure;
}
