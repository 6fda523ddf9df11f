// The engine as the dashboard and the sweeper use it: a Temporal client that answers soon, or says that it cannot.
import { randomUUID } from "node:crypto";
import { Client, Connection, isGrpcServiceError, WorkflowExecutionAlreadyStartedError, WorkflowFailedError, WorkflowNotFoundError, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from "@temporalio/client";
import { ServiceError } from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import type { RunKind } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container-input";
import { AppError, isAppError } from "@homeport/domain/error";
import { checkWorkflowId, planWorkflowId } from "@homeport/domain/workflow-id";
import type { Decision, Steer } from "@homeport/domain/run-state";
import { CANCEL_UPDATE, DECIDE_UPDATE, type DecideInput, LOOK_SIGNAL, PAUSE_UPDATE, type PlanInput, PROBE_AGAIN_SIGNAL, type ProbeInput, reconcileWorkflowId, RESUME_UPDATE, type RunInput, type SteerInput, TASK_QUEUE, TURN_SIGNAL, type TurnSignal, type WatchInput, watchWorkflowId, WorkflowNames } from "./contract";
import { askForBatch, type BatchQuestion, type PlannedBatch, unpackPlans } from "@homeport/domain/plan-batch";
import type { Planned, VmidAnswer, VmidQuestion } from "./activities/plan-ports";
import type { EngineNames } from "./engine-names";
import { markStarts } from "./mark-starts";
import { lookAtWorkflow, type WorkflowLook } from "./workflow-look";

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

export interface Health {
  ok: boolean;
  reason: string | null;
}

/** Every call rejects with AppError "unavailable" when Temporal does not answer in time. */
export interface Engine {
  /** The workflow's id is the row's (Run.workflowId): starting it twice is harmless. "ended": it ran before, and is over. */
  startRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<"started" | "ended">;
  /** With `step` and `attempt` it answers that failure only. AppError "conflict" when the run does not take it. */
  decide(runId: string, decision: Decision | Omit<DecideInput, "key">, requestKey: string): Promise<void>;
  /** One that has not begun yet sees it in its row. AppError "conflict" when the run does not take it. */
  steer(runId: string, steer: Steer, requestKey: string): Promise<void>;
  /** One that has not begun yet sees it in its row, which must show it before. AppError "conflict" when the run does not take it. */
  cancel(runId: string, requestKey: string): Promise<void>;
  /** Its turn to work on the node has come. A run that is not under way any more needs none. */
  callTurn(turn: { runId: string; step: string }): Promise<void>;
  /** Asks the node what creating this would do. AppError "unavailable" when nobody does so in time; a node that is away is a plan with an obstacle. `lookInside`: with what the OS image holds where files are put. */
  plan(spec: ContainerSpec, options?: { lookInside?: boolean; containerId?: string }): Promise<Planned>;
  /** The same for members of a batch, with one look at the node; in their order. */
  planBatch(specs: readonly ContainerSpec[]): Promise<Planned[]>;
  /** Who has this VMID on the node, asked now; null when nobody. AppError "unavailable" when neither the engine nor the node says so soon. */
  vmidHolder(question: VmidQuestion): Promise<string | null>;
  /** Begins the workflow of a run anew whose workflow was ended in Temporal; harmless while one is open. */
  resumeRun(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Ends the run's workflow, with which nothing here can go on, and begins it anew: it finds in its rows what was done and decided. */
  beginAnew(run: { runId: string; kind: RunKind; containerId: string; nodeId: string }): Promise<void>;
  /** Ends a workflow where it stands; nothing is undone. Harmless when it is not open. */
  endWorkflow(workflowId: string): Promise<void>;
  /** Makes sure that rows, Temporal and nodes are compared every minute, and now when `soon`. */
  reconcile(options?: { soon?: boolean }): Promise<void>;
  probe(nodeId: string): Promise<void>;
  watchNode(nodeId: string): Promise<void>;
  status(): Promise<{ temporal: Health; worker: Health }>;
  /** "gone": Temporal does not know it. */
  runStatus(runId: string): Promise<WorkflowLook["status"]>;
  /** Its status, and whether the workers can go on with it. */
  look(runId: string): Promise<WorkflowLook>;
  close(): Promise<void>;
}

const DEADLINE_MS = 2_000;

/** No I/O before the first call; after Temporal was away it connects again by itself. */
export function createEngine({ address, namespace = "default", names, codec, timeoutMs = DEADLINE_MS, taskQueue = TASK_QUEUE }: EngineOptions): Engine {
  const connection = Connection.lazy({ address, connectTimeout: timeoutMs });
  const client = new Client({ connection, namespace, dataConverter: { payloadCodecs: [codec] }, interceptors: { workflow: [markStarts] } });

  const call = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await connection.withDeadline(Date.now() + timeoutMs, work);
    } catch (error) {
      throw isAway(error) ? new AppError("engine.away", "Temporal, the engine that runs all work, does not answer.", { cause: error }) : error;
    }
  };

  const idOf = async (runId: string): Promise<string> => (await names.id(runId)) ?? runId;
  const handleOf = async (runId: string) => client.workflow.getHandle(await idOf(runId));

  const start = async ({ workflow, workflowId, input }: { workflow: string; workflowId: string; input: RunInput | WatchInput }, more: { once: boolean; summary: string }): Promise<"started" | "ended"> => {
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
  const update = async ({ runId, name, requestKey }: { runId: string; name: string; requestKey: string }, input: DecideInput | SteerInput): Promise<boolean> => {
    try {
      const handle = await handleOf(runId);
      await call(() => handle.executeUpdate(name, { args: [input], updateId: requestKey }));
      return true;
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) throw new AppError("run.refused", error.cause?.message ?? "This run does not take it now.", { cause: error });
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };

  /** Starts a workflow that only asks, and waits for its answer. */
  const ask = async <Input, Answer>({ workflow, input, withinMs, summary, hostname }: { workflow: string; input: Input; withinMs: number; summary: string; hostname: string }): Promise<Answer> => {
    try {
      const handle = await call(() =>
        client.workflow.start<(input: Input) => Promise<Answer>>(workflow, { workflowId: planWorkflowId({ key: randomUUID(), hostname }), taskQueue, args: [input], workflowExecutionTimeout: withinMs, staticSummary: summary }),
      );
      return await connection.withDeadline(Date.now() + withinMs, () => handle.result());
    } catch (error) {
      if (error instanceof WorkflowFailedError || isAway(error)) throw new AppError("plan.engine_away", "The engine that asks the node does not answer, so there is no plan now.", { cause: error });
      throw error;
    }
  };

  const terminate = async (workflowId: string, reason: string): Promise<void> => {
    await call(() => client.workflow.getHandle(workflowId).terminate(reason)).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  };

  const look = async (runId: string): Promise<WorkflowLook> => {
    const workflowId = await idOf(runId);
    return call(() => lookAtWorkflow(client, namespace, workflowId));
  };
  const runStatus = async (runId: string): Promise<WorkflowLook["status"]> => (await look(runId)).status;

  const startWorkflow = async ({ runId, kind, containerId, nodeId }: Parameters<Engine["startRun"]>[0], { once }: { once: boolean }) => {
    const { workflowId = runId, summary = kind } = (await names?.run(runId)) ?? {};
    const workflow = kind === "provision" ? WorkflowNames.provision : WorkflowNames.operate;
    return start({ workflow, workflowId, input: { runId, containerId, nodeId } }, { once, summary });
  };

  return {
    startRun: (run) => startWorkflow(run, { once: true }),

    async decide(runId, decision, requestKey) {
      const input: DecideInput = { ...(typeof decision === "string" ? { decision } : decision), key: requestKey };
      const known = await update({ runId, name: DECIDE_UPDATE, requestKey }, input);
      if (known) return;
      // Forgotten (its data was lost): it is begun anew, and asks again.
      if ((await runStatus(runId)) === "gone") throw new AppError("run.begun_anew", "Temporal, the engine that runs all work, is about to begin this run anew.");
      throw new AppError("run.ended", "This run has ended.");
    },

    async steer(runId, steer, requestKey) {
      const input: SteerInput = { key: requestKey };
      // Where there is no such workflow under way, it sees its row when it begins, or its end has settled the row.
      await update({ runId, name: steer === "pause" ? PAUSE_UPDATE : RESUME_UPDATE, requestKey }, input);
    },

    async cancel(runId, requestKey) {
      await update({ runId, name: CANCEL_UPDATE, requestKey }, { key: requestKey });
    },

    plan: (spec, { lookInside = false, containerId } = {}) => ask<PlanInput, Planned>({ workflow: WorkflowNames.plan, input: { spec, lookInside, ...(containerId === undefined ? {} : { containerId }) }, withinMs: lookInside ? LOOK_INSIDE_MS : PLAN_MS, summary: `plan ${spec.hostname}`, hostname: spec.hostname }),
    async planBatch(specs) {
      const question = askForBatch(specs);
      return question === undefined ? [] : unpackPlans(await ask<BatchQuestion, PlannedBatch>({ workflow: WorkflowNames.planBatch, input: question, withinMs: PLAN_BATCH_MS, summary: `plan ${specs.length} containers`, hostname: question.first.hostname }));
    },
    vmidHolder: async (question) => (await ask<VmidQuestion, VmidAnswer>({ workflow: WorkflowNames.askVmid, input: question, withinMs: VMID_MS, summary: `who has VMID ${question.vmid}`, hostname: `vmid-${question.vmid}` })).holder,

    async callTurn({ runId, step }) {
      const input: TurnSignal = { step };
      const handle = await handleOf(runId);
      await call(() => handle.signal(TURN_SIGNAL, input)).catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    },

    async resumeRun(run) {
      await startWorkflow(run, { once: false });
    },

    async beginAnew(run) {
      await terminate(await idOf(run.runId), "Homeport could not go on with it, and it was cancelled: it is begun anew, and takes back what was made.");
      await startWorkflow(run, { once: false });
    },

    endWorkflow: (workflowId) => terminate(workflowId, "A person ended it on Homeport's Orphans page."),

    async reconcile({ soon = true } = {}) {
      const options = { workflowId: reconcileWorkflowId(taskQueue), taskQueue, args: [{ suspects: [] }], workflowIdConflictPolicy: "USE_EXISTING", staticSummary: "compare rows, Temporal and nodes" } as const;
      await call<unknown>(() => (soon ? client.workflow.signalWithStart(WorkflowNames.reconcile, { ...options, signal: LOOK_SIGNAL }) : client.workflow.start(WorkflowNames.reconcile, options)));
    },

    async probe(nodeId) {
      const input: ProbeInput = { nodeId };
      const name = (await names?.node(nodeId)) ?? "";
      await call(() =>
        client.workflow.signalWithStart(WorkflowNames.probe, { workflowId: checkWorkflowId({ id: nodeId, name }), taskQueue, args: [input], signal: PROBE_AGAIN_SIGNAL, staticSummary: `check node ${name}` }),
      );
    },

    async watchNode(nodeId) {
      await start({ workflow: WorkflowNames.watch, workflowId: watchWorkflowId(nodeId), input: { nodeId } }, { once: false, summary: `watch node ${(await names?.node(nodeId)) ?? ""}` });
    },

    async status() {
      try {
        const { pollers } = await call(() => connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 }));
        const seen = Math.max(0, ...(pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000));
        // A poll lasts at most a minute: one that is older has no worker behind it.
        const alive = seen > Date.now() - POLL_MS;
        return { temporal: { ok: true, reason: null }, worker: alive ? { ok: true, reason: null } : { ok: false, reason: "No worker takes work: runs wait until one is back." } };
      } catch (error) {
        if (!isAppError(error)) throw error;
        return { temporal: { ok: false, reason: "Temporal does not answer." }, worker: { ok: false, reason: "Unknown while Temporal does not answer." } };
      }
    },

    runStatus,
    look,
    close: () => connection.close(),
  };
}

/** Of a plan as a whole: the node is given half of it. */
const PLAN_MS = 12_000;
/** Of up to two hundred members. */
const PLAN_BATCH_MS = 18_000;
/** Somebody types. */
const VMID_MS = 5_000;
/** With a look into its OS image. */
const LOOK_INSIDE_MS = 20_000;
const POLL_MS = 70_000;
/** CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE: nobody there, or not in time. */
const AWAY = new Set([1, 4, 14]);

function isAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && AWAY.has(cause.code);
}
