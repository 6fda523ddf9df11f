// Temporal's own list of the runs that are under way, for those who compare it with the rows.
import { type Client, WorkflowNotFoundError } from "@temporalio/client";
import { RunWorkflows } from "@homeport/domain/run/run-kinds";
import { SearchAttributes } from "./contract";

export interface OpenWorkflow {
  workflowId: string;
  type: string;
  /** Whose run it is, by e-mail, as the workflow said when it began. */
  user: string | null;
}

const MOST = 2_000;

export function createWorkflowsView(client: Client, taskQueue: string) {
  return {
    /** Of this task queue. The list may be a moment late. */
    async openRuns(): Promise<OpenWorkflow[]> {
      const open: OpenWorkflow[] = [];
      const query = `ExecutionStatus = "Running" AND TaskQueue = "${taskQueue}" AND WorkflowType IN (${RunWorkflows.map((name) => `"${name}"`).join(", ")})`;
      for await (const { workflowId, type, typedSearchAttributes } of client.workflow.list({ query })) {
        open.push({ workflowId, type, user: typedSearchAttributes.get(SearchAttributes.user) ?? null });
        if (open.length >= MOST) break;
      }
      return open;
    },
    async isOpen(workflowId: string): Promise<boolean> {
      try {
        return (await client.workflow.getHandle(workflowId).describe()).status.name === "RUNNING";
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    /** Ends it where it stands; nothing is undone. */
    async end(workflowId: string, reason: string): Promise<void> {
      await client.workflow
        .getHandle(workflowId)
        .terminate(reason)
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
    },
  };
}
export type WorkflowsView = ReturnType<typeof createWorkflowsView>;
