// Which task of its workflow asked for a record.
import type { RecordOf } from "@homeport/records/move-run";
import { asyncLocalStorage } from "@temporalio/activity";

/** What `here-first.ts` adds to a record; absent in what an older release asked for. */
export interface OfTask {
  task?: number;
}

/** Undefined in a test that calls a record itself. */
export function recordOf({ task }: OfTask): RecordOf | undefined {
  const info = asyncLocalStorage.getStore()?.info;
  const executionId = info?.workflowExecution?.runId;
  if (executionId === undefined) return undefined;
  return { executionId, task: task ?? 0, here: info?.isLocal === true && task !== undefined };
}
