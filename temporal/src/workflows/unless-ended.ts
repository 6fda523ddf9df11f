// What the fence says about a whole workflow (fence.ts): its run has ended, so it ends too and touches nothing; or its run has gone on
// without it, so it begins anew from the rows.
import { ActivityFailure, ApplicationFailure, continueAsNew, log } from "@temporalio/workflow";
import { RUN_ENDED, RUN_PASSED, type RunInput } from "../contract";

/** Whether the fence refused an activity: no step has failed then, and nothing is to be undone. */
export function isFenced(failure: unknown): boolean {
  return refusalOf(failure) !== undefined;
}

/** `work`, unless the fence stands in its way. */
export async function unlessEnded<T>(input: RunInput, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    const refusal = refusalOf(failure);
    if (refusal === undefined) throw failure;
    log.info("the fence ends this workflow", { refusal });
    if (refusal === RUN_PASSED) await continueAsNew<(input: RunInput) => Promise<unknown>>(input);
    return undefined;
  }
}

function refusalOf(failure: unknown): string | undefined {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  return type === RUN_ENDED || type === RUN_PASSED ? type : undefined;
}
