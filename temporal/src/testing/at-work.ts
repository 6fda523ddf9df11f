// Waits until an activity of a workflow is being worked on, as Temporal has it.
import { Client, Connection } from "@temporalio/client";

/** Throws when it is not within 60 s. */
export async function atWork(address: string, workflowId: string, activity: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  try {
    for (const deadline = Date.now() + 180_000; ;) {
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      const pending = (raw.pendingActivities ?? []).map(({ activityType, state }) => ({
        name: activityType?.name,
        begun: Number(state) === STARTED,
      }));
      if (pending.some(({ name, begun }) => name === activity && begun)) return;
      if (Date.now() > deadline) throw new Error(`${activity} is not at work: ${JSON.stringify(pending)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  } finally {
    await connection.close();
  }
}

/** temporal.api.enums.v1.PendingActivityState */
const STARTED = 2;
