// The engine as the dashboard and the sweeper use it: a Temporal client that answers soon, or says that it cannot.
import { WorkflowNotFoundError } from "@temporalio/client";
import proto from "@temporalio/proto"; // CommonJS whose names Node cannot see: only its default is there
import type { RunKind } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { AppError, isAppError } from "@homeport/domain/error";
import type { Decision, Steer } from "@homeport/domain/run/run-state";
import { checkWorkflowId } from "@homeport/domain/run/workflow-id";
import {
  CANCEL_UPDATE,
  DECIDE_UPDATE,
  type DecideInput,
  housekeepingWorkflowId,
  LEASE_SIGNAL,
  type LeaseInput,
  leaseWorkflowId,
  SCAN_SIGNAL,
  PAUSE_UPDATE,
  type PlanInput,
  PROBE_AGAIN_SIGNAL,
  type ProbeInput,
  reconcileWorkflowId,
  RESUME_UPDATE,
  type SteerInput,
  SLOT_SIGNAL,
  type SlotSignal,
  watchWorkflowId,
  WorkflowNames,
} from "./contract";
import { askForBatch, type BatchQuestion, type PlannedBatch, unpackPlans } from "@homeport/domain/plan/plan-batch";
import { runKinds } from "@homeport/domain/run/run-kinds";
import type { Creator, Planned, VmidAnswer, VmidQuestion } from "./activities/plan-ports";
import { engineCalls, type EngineOptions } from "./engine-calls";
import { readWorkflow, type WorkflowState } from "./workflow-state";
import type * as Workflows from "./workflows/index";

export interface RunStart {
  runId: string;
  kind: RunKind;
  containerId: string;
  nodeId: string;
}

interface Health {
  ok: boolean;
  /** In words for the screen; null when it is well. */
  reason: string | null;
}

export type Engine = ReturnType<typeof createEngine>;

/**
 * No I/O before the first call; after Temporal was away it connects again by itself. Every call rejects with AppError "engine.away" when
 * Temporal does not answer in time.
 */
export function createEngine(options: EngineOptions) {
  const { names } = options;
  const { client, connection, namespace, taskQueue, call, idOf, handleOf, start, update, ask } = engineCalls(options);

  const terminate = async (workflowId: string, reason: string): Promise<void> => {
    await call(() => client.workflow.getHandle(workflowId).terminate(reason)).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  };
  /** Its status, and whether the workers can go on with it. */
  const readRun = async (runId: string): Promise<WorkflowState> => {
    const workflowId = await idOf(runId);
    return call(() => readWorkflow(client, namespace, workflowId));
  };
  /** "gone": Temporal does not know it. */
  const runStatus = async (runId: string): Promise<WorkflowState["status"]> => (await readRun(runId)).status;

  const startWorkflow = async ({ runId, kind, containerId, nodeId }: RunStart, { once }: { once: boolean }) => {
    const { workflowId = runId, summary = kind } = (await names?.run(runId)) ?? {};
    const workflow: keyof typeof Workflows = runKinds[kind].workflow;
    return start({ workflow, workflowId, input: { runId, containerId, nodeId } }, { once, summary });
  };

  return {
    /** The workflow's id is the row's (Run.workflowId): starting it twice is harmless. "ended": it ran before, and is over. */
    startRun: (run: RunStart): Promise<"started" | "ended"> => startWorkflow(run, { once: true }),

    /** With `step` and `attempt` it answers that failure only. AppError "run.refused" when the run does not take it. */
    async decide(runId: string, decision: Decision | Omit<DecideInput, "key">, requestKey: string): Promise<void> {
      const input: DecideInput = { ...(typeof decision === "string" ? { decision } : decision), key: requestKey };
      const known = await update({ runId, name: DECIDE_UPDATE, requestKey }, input);
      if (known) return;
      // Forgotten (its data was lost): it is begun anew, and asks again.
      if ((await runStatus(runId)) === "gone")
        throw new AppError(
          "run.begun_anew",
          "Temporal, the engine that runs all work, is about to begin this run anew.",
        );
      throw new AppError("run.ended", "This run has ended.");
    },

    /** One that has not begun yet sees it in its row. AppError "run.refused" when the run does not take it. */
    async steer(runId: string, steer: Steer, requestKey: string): Promise<void> {
      const input: SteerInput = { key: requestKey };
      // Where there is no such workflow under way, it sees its row when it begins, or its end has settled the row.
      await update({ runId, name: steer === "pause" ? PAUSE_UPDATE : RESUME_UPDATE, requestKey }, input);
    },

    /** One that has not begun yet sees it in its row, which must show it before. AppError "run.refused" when the run does not take it. */
    async cancel(runId: string, requestKey: string): Promise<void> {
      await update({ runId, name: CANCEL_UPDATE, requestKey }, { key: requestKey });
    },

    /**
     * Asks the node what creating this would do. AppError "plan.engine_away" when nobody does so in time; a node that is away is a plan
     * with an obstacle. `lookInside`: with what the OS image holds where files are put. `toCreate`: its run follows.
     */
    plan: (
      spec: ContainerSpec,
      { lookInside = false, toCreate = false, containerId, creator }: Omit<PlanInput, "spec"> = {},
    ): Promise<Planned> =>
      ask<PlanInput, Planned>({
        workflow: WorkflowNames.plan,
        input: {
          spec,
          lookInside,
          toCreate,
          ...(containerId === undefined ? {} : { containerId }),
          ...(creator === undefined ? {} : { creator }),
        },
        withinMs: lookInside ? LOOK_INSIDE_MS : PLAN_MS,
        summary: `plan ${spec.hostname}`,
        hostname: spec.hostname,
      }),
    /** The same for members of a batch, with one look at the node, each in what those before it leave; in their order. */
    async planBatch(specs: readonly ContainerSpec[], creator?: Creator): Promise<Planned[]> {
      const question = askForBatch(specs, creator);
      return question === undefined
        ? []
        : unpackPlans(
            await ask<BatchQuestion, PlannedBatch>({
              workflow: WorkflowNames.planBatch,
              input: question,
              withinMs: PLAN_BATCH_MS,
              summary: `plan ${specs.length} containers`,
              hostname: question.first.hostname,
            }),
          );
    },
    /** Who has this VMID on the node, asked now; null when nobody. AppError "plan.engine_away" when neither the engine nor the node says so soon. */
    vmidHolder: async (question: VmidQuestion): Promise<string | null> =>
      (
        await ask<VmidQuestion, VmidAnswer>({
          workflow: WorkflowNames.askVmid,
          input: question,
          withinMs: VMID_MS,
          summary: `who has VMID ${question.vmid}`,
          hostname: `vmid-${question.vmid}`,
        })
      ).holder,

    /** Its slot on the node was granted. A run that is not under way any more needs none. */
    async signalSlot({ runId, step }: { runId: string; step: string }): Promise<void> {
      const input: SlotSignal = { step };
      const handle = await handleOf(runId);
      await call(() => handle.signal(SLOT_SIGNAL, input)).catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    },

    /** Begins the workflow of a run anew whose workflow was ended in Temporal; harmless while one is open. */
    async resumeRun(run: RunStart): Promise<void> {
      await startWorkflow(run, { once: false });
    },

    /** Ends the run's workflow, with which nothing here can go on, and begins it anew: it finds in its rows what was done and decided. */
    async beginAnew(run: RunStart): Promise<void> {
      await terminate(
        await idOf(run.runId),
        "Homeport could not go on with it, and it was cancelled: it is begun anew, and takes back what was made.",
      );
      await startWorkflow(run, { once: false });
    },

    /** Ends a workflow where it stands; nothing is undone. Harmless when it is not open. */
    endWorkflow: (workflowId: string): Promise<void> =>
      terminate(workflowId, "A person ended it on Homeport's Orphans page."),

    /** Makes sure that rows, Temporal and nodes are compared every minute, and now when `soon`. */
    async reconcile({ soon = true }: { soon?: boolean } = {}): Promise<void> {
      const options = {
        workflowId: reconcileWorkflowId(taskQueue),
        taskQueue,
        args: [{ suspects: [] }],
        workflowIdConflictPolicy: "USE_EXISTING",
        staticSummary: "compare rows, Temporal and nodes",
      } as const;
      await call<unknown>(() =>
        soon
          ? client.workflow.signalWithStart(WorkflowNames.reconcile, { ...options, signal: SCAN_SIGNAL })
          : client.workflow.start(WorkflowNames.reconcile, options),
      );
    },

    /** Makes sure that its lease is kept, and reads it anew: somebody changed it, or it is overdue. */
    async keepLease({ containerId, hostname }: { containerId: string; hostname: string }): Promise<void> {
      const input: LeaseInput = { containerId };
      await call(() =>
        client.workflow.signalWithStart(WorkflowNames.lease, {
          workflowId: leaseWorkflowId(containerId),
          taskQueue,
          args: [input],
          signal: LEASE_SIGNAL,
          staticSummary: `lease of ${hostname}`,
        }),
      );
    },

    /** Makes sure that somebody tidies up, one for all workers. */
    async keepHouse(): Promise<void> {
      await start(
        { workflow: WorkflowNames.housekeeping, workflowId: housekeepingWorkflowId(taskQueue), input: {} },
        { once: false, summary: "drop expired drafts, logs and answers; verify the audit log" },
      );
    },

    /** Starts a check of the node, or lets the one under way go on. */
    async probe(nodeId: string): Promise<void> {
      const input: ProbeInput = { nodeId };
      const name = (await names?.node(nodeId)) ?? "";
      await call(() =>
        client.workflow.signalWithStart(WorkflowNames.probe, {
          workflowId: checkWorkflowId({ id: nodeId, name }),
          taskQueue,
          args: [input],
          signal: PROBE_AGAIN_SIGNAL,
          staticSummary: `check node ${name}`,
        }),
      );
    },

    /** Makes sure that the node is watched, and soon: somebody looks at it. */
    async watchNode(nodeId: string): Promise<void> {
      await start(
        { workflow: WorkflowNames.watch, workflowId: watchWorkflowId(nodeId), input: { nodeId } },
        { once: false, summary: `watch node ${(await names?.node(nodeId)) ?? ""}` },
      );
    },

    async status(): Promise<{ temporal: Health; worker: Health }> {
      try {
        const { pollers } = await call(() =>
          connection.workflowService.describeTaskQueue({
            namespace,
            taskQueue: { name: taskQueue },
            taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
          }),
        );
        const seen = Math.max(
          0,
          ...(pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000),
        );
        // A poll lasts at most a minute: one that is older has no worker behind it.
        const alive = seen > Date.now() - POLL_MS;
        return {
          temporal: { ok: true, reason: null },
          worker: alive
            ? { ok: true, reason: null }
            : { ok: false, reason: "No worker takes work: runs wait until one is back." },
        };
      } catch (error) {
        if (!isAppError(error)) throw error;
        return {
          temporal: { ok: false, reason: "Temporal does not answer." },
          worker: { ok: false, reason: "Unknown while Temporal does not answer." },
        };
      }
    },

    runStatus,
    readRun,
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
