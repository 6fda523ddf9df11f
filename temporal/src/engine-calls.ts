// How the engine is called: one connection, answered soon or refused in the product's own words.
import { randomUUID } from "node:crypto";
import {
  Client,
  Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import { AppError } from "@homeport/domain/error";
import { planWorkflowId } from "@homeport/domain/run/workflow-id";
import { type DecideInput, type RunInput, type SteerInput, TASK_QUEUE, type WatchInput } from "./contract";
import type { EngineNames } from "./engine-names";
import { sealStarts } from "./seal-starts";

export interface EngineOptions {
  /** host:port */
  address: string;
  namespace?: string;
  /** What Temporal calls a run's workflow: see engine-names. A client that does not ask the rows looks for runs under the wrong id. */
  names: EngineNames;
  /** The workers' own (codec.ts): without it, what they sealed cannot be read. */
  codec: PayloadCodec;
  /** Of every call. */
  timeoutMs?: number;
  /** Tests use queues of their own. */
  taskQueue?: string;
}

const DEADLINE_MS = 2_000;
/** CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE: nobody there, or not in time. */
const AWAY = new Set([1, 4, 14]);

/** No I/O before the first call; after Temporal was away it connects again by itself. */
export function engineCalls({
  address,
  namespace = "default",
  names,
  codec,
  timeoutMs = DEADLINE_MS,
  taskQueue = TASK_QUEUE,
}: EngineOptions) {
  const connection = Connection.lazy({ address, connectTimeout: timeoutMs });
  const client = new Client({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [codec] },
    interceptors: { workflow: [sealStarts] },
  });

  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await connection.withDeadline(Date.now() + timeoutMs, work);
    } catch (error) {
      throw isAway(error)
        ? new AppError("engine.away", "Temporal, the engine that runs all work, does not answer.", { cause: error })
        : error;
    }
  };

  const idOf = async (runId: string): Promise<string> => (await names.id(runId)) ?? runId;
  const handleOf = async (runId: string) => client.workflow.getHandle(await idOf(runId));

  const start = async (
    {
      workflow,
      workflowId,
      input,
    }: { workflow: string; workflowId: string; input: RunInput | WatchInput | Record<string, never> },
    more: { once: boolean; summary: string },
  ): Promise<"started" | "ended"> => {
    try {
      await call(() =>
        client.workflow.start(workflow, {
          workflowId,
          taskQueue,
          args: [input],
          workflowIdConflictPolicy: "USE_EXISTING",
          workflowIdReusePolicy: more.once ? "REJECT_DUPLICATE" : "ALLOW_DUPLICATE",
          staticSummary: more.summary,
        }),
      );
      return "started";
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return "ended";
      throw error;
    }
  };

  /** False when there is no such workflow under way. A repeated id is answered as the first was. */
  const update = async (
    { runId, name, requestKey }: { runId: string; name: string; requestKey: string },
    input: DecideInput | SteerInput,
  ): Promise<boolean> => {
    try {
      const handle = await handleOf(runId);
      await call(() => handle.executeUpdate(name, { args: [input], updateId: requestKey }));
      return true;
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError)
        throw new AppError("run.refused", error.cause?.message ?? "This run does not take it now.", { cause: error });
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };

  /** Starts a workflow that only asks, and waits for its answer. */
  const ask = async <Input, Answer>({
    workflow,
    input,
    withinMs,
    summary,
    hostname,
  }: {
    workflow: string;
    input: Input;
    withinMs: number;
    summary: string;
    hostname: string;
  }): Promise<Answer> => {
    try {
      const handle = await call(() =>
        client.workflow.start<(input: Input) => Promise<Answer>>(workflow, {
          workflowId: planWorkflowId({ key: randomUUID(), hostname }),
          taskQueue,
          args: [input],
          workflowExecutionTimeout: withinMs,
          staticSummary: summary,
        }),
      );
      return await connection.withDeadline(Date.now() + withinMs, () => handle.result());
    } catch (error) {
      if (error instanceof WorkflowFailedError || isAway(error))
        throw new AppError(
          "plan.engine_away",
          "The engine that asks the node does not answer, so there is no plan now.",
          { cause: error },
        );
      throw error;
    }
  };

  return { client, connection, namespace, taskQueue, call, idOf, handleOf, start, update, ask };
}

function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && AWAY.has(cause.code);
}
