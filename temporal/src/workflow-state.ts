// How a run's workflow stands, and whether the code that is here can go on with it: a change that does not replay fails its task
// again and again. Temporal then waits for other code; nothing of the run is lost, and nothing goes on either.
import { type Client, WorkflowNotFoundError } from "@temporalio/client";

export interface WorkflowState {
  /** "gone": Temporal does not know it. */
  status: "running" | "ended" | "gone";
  /** Why it cannot go on here, in the SDK's words; null when it can, or nobody has tried. */
  failing: { why: string; unfitting: boolean } | null;
}

/** temporal.api.enums.v1.EventType */
const TASK_COMPLETED = 7;
const TASK_FAILED = 9;
/** temporal.api.enums.v1.WorkflowTaskFailedCause: an error that is none of the workflow's own, and a history that does not fit its code. */
const UNHANDLED = 14;
const UNFITTING = 24;
/** Only the first failure of a row is written; little can come after it. */
const LAST_EVENTS = 20;

export async function readWorkflow(client: Client, namespace: string, workflowId: string): Promise<WorkflowState> {
  try {
    const { status, raw, runId } = await client.workflow.getHandle(workflowId).describe();
    if (status.name !== "RUNNING") return { status: "ended", failing: null };
    // A worker that died with a task costs a try as well: the history tells which it was.
    if ((raw.pendingWorkflowTask?.attempt ?? 0) < 2) return { status: "running", failing: null };
    return { status: "running", failing: await lastFailure(client, namespace, { workflowId, runId }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { status: "gone", failing: null };
    throw error;
  }
}

async function lastFailure(
  client: Client,
  namespace: string,
  execution: { workflowId: string; runId: string },
): Promise<WorkflowState["failing"]> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace,
    execution,
    maximumPageSize: LAST_EVENTS,
  });
  for (const { eventType, workflowTaskFailedEventAttributes: failed } of history?.events ?? []) {
    if (Number(eventType) === TASK_COMPLETED) return null;
    if (Number(eventType) !== TASK_FAILED) continue;
    const cause = Number(failed?.cause);
    if (cause === UNHANDLED || cause === UNFITTING)
      return { why: failed?.failure?.message ?? "", unfitting: cause === UNFITTING };
  }
  return null;
}
