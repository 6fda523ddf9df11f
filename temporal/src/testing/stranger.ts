// A process that reaches Temporal's port and has none of our keys: it reads histories and answers for our worker.
import { Client, Connection } from "@temporalio/client";
import { defaultPayloadConverter, type Payload } from "@temporalio/common";

export interface Stranger {
  client: Client;
  /** Answers the activity in the worker's place, as soon as somebody works on it, with what `forge` makes of the workflow's sealed payloads; answers its id. */
  answer(
    this: void,
    workflowId: string,
    activity: string,
    forge: (stolen: Stolen) => Payload | undefined,
  ): Promise<string>;
  /** Reports that it failed so. */
  fail(this: void, workflowId: string, activity: string, failure: Failure): Promise<void>;
  /** Sends it what no worker can read, as its key is nowhere: its task fails from then on. */
  poison(this: void, workflowId: string): Promise<void>;
  close(this: void): Promise<void>;
}

type Failure = NonNullable<Parameters<Connection["workflowService"]["respondActivityTaskFailedById"]>[0]["failure"]>;

/** As they stand in the history, by activity type: the last one of each. */
interface Stolen {
  calls: Record<string, Payload>;
  answers: Record<string, Payload>;
  start: Payload;
}

/** temporal.api.enums.v1.PendingActivityState */
const STARTED = 2;
const WITHIN_MS = 180_000;

export const forged = {
  nothing: () => defaultPayloadConverter.toPayload(undefined),
  words: () => defaultPayloadConverter.toPayload("over"),
  object: () => defaultPayloadConverter.toPayload({ outcome: "created", granted: true }),
  noPayload: () => undefined,
  broken: () => ({ metadata: { encoding: Buffer.from("json/plain") }, data: Buffer.from('"') }),
  garbage: () => ({
    metadata: { encoding: Buffer.from("binary/encrypted"), key: Buffer.from("k1"), workflow: Buffer.from("") },
    data: Buffer.from("no more than this"),
  }),
  otherKey: () => ({
    metadata: { encoding: Buffer.from("binary/encrypted"), key: Buffer.from("no such key") },
    data: Buffer.alloc(64),
  }),
} satisfies Record<string, () => Payload | undefined>;

export async function openStranger(address: string): Promise<Stranger> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const answered = new Set<string>();

  const pending = async (workflowId: string, activity: string): Promise<string> => {
    for (const deadline = Date.now() + WITHIN_MS; ;) {
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      const one = (raw.pendingActivities ?? []).find(
        ({ activityType, activityId, state }) =>
          activityType?.name === activity && Number(state) === STARTED && !answered.has(`${workflowId} ${activityId}`),
      );
      if (one?.activityId) return one.activityId;
      if (Date.now() > deadline) throw new Error(`${activity} of ${workflowId} is not at work`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };

  return {
    client,
    async answer(workflowId, activity, forge) {
      const activityId = await pending(workflowId, activity);
      const payload = forge(stolen((await client.workflow.getHandle(workflowId).fetchHistory()).events ?? []));
      await connection.workflowService.respondActivityTaskCompletedById({
        namespace: "default",
        workflowId,
        activityId,
        identity: "stranger",
        result: payload === undefined ? null : { payloads: [payload] },
      });
      answered.add(`${workflowId} ${activityId}`);
      return activityId;
    },
    async fail(workflowId, activity, failure) {
      const activityId = await pending(workflowId, activity);
      await connection.workflowService.respondActivityTaskFailedById({
        namespace: "default",
        workflowId,
        activityId,
        identity: "stranger",
        failure,
      });
      answered.add(`${workflowId} ${activityId}`);
    },
    async poison(workflowId) {
      await connection.workflowService.signalWorkflowExecution({
        namespace: "default",
        workflowExecution: { workflowId },
        signalName: "standing",
        input: { payloads: [forged.otherKey()] },
      });
    },
    close: () => connection.close(),
  };
}

type Events = NonNullable<Awaited<ReturnType<ReturnType<Client["workflow"]["getHandle"]>["fetchHistory"]>>["events"]>;

function stolen(events: Events): Stolen {
  const found: Stolen = { calls: {}, answers: {}, start: {} };
  const types = new Map<string, string>();
  for (const {
    eventId,
    workflowExecutionStartedEventAttributes: started,
    activityTaskScheduledEventAttributes: scheduled,
    activityTaskCompletedEventAttributes: completed,
  } of events) {
    if (started) found.start = started.input?.payloads?.[0] ?? {};
    const type = scheduled?.activityType?.name ?? types.get(String(completed?.scheduledEventId)) ?? "";
    if (scheduled) {
      types.set(String(eventId), type);
      found.calls[type] = scheduled.input?.payloads?.[0] ?? {};
    }
    if (completed) found.answers[type] = completed.result?.payloads?.[0] ?? {};
  }
  return found;
}
