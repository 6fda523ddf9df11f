// Waits until an activity of a workflow is being worked on, as Temporal has it.
import { Client, Connection } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";

/** Throws when it is not within three minutes, with what the workflow did last. */
export async function atWork(address: string, workflowId: string, activity: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  try {
    for (const deadline = Date.now() + 180_000; ;) {
      const handle = client.workflow.getHandle(workflowId);
      const { raw, status } = await handle.describe();
      const pending = (raw.pendingActivities ?? []).map(({ activityType, state }) => ({
        name: activityType?.name,
        begun: Number(state) === STARTED,
      }));
      if (pending.some(({ name, begun }) => name === activity && begun)) return;
      if (Date.now() > deadline) {
        const { events = [] } = await handle.fetchHistory();
        const latest = (events ?? []).slice(-12).map(describeEvent).join(", ");
        throw new Error(
          `${activity} is not at work: ${JSON.stringify(pending)}, the workflow is ${status.name}, latest: ${latest}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  } finally {
    await connection.close();
  }
}

/** Its type, as a number, and what it is of. */
function describeEvent(event: temporal.api.history.v1.IHistoryEvent): string {
  const name =
    event.activityTaskScheduledEventAttributes?.activityType?.name ??
    event.workflowExecutionSignaledEventAttributes?.signalName ??
    "";
  return `${event.eventType ?? "?"} ${name}`.trim();
}

/** temporal.api.enums.v1.PendingActivityState */
const STARTED = 2;
