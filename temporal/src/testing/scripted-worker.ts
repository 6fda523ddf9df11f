// The real workflows on a real Temporal server, with activities that answer what a test wants: for what no node, row or clock can be
// brought to within a test's time.
import { randomBytes, randomUUID } from "node:crypto";
import { activityInfo } from "@temporalio/activity";
import { Client, Connection } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { NativeConnection, Worker } from "@temporalio/worker";
import type { HostActivities } from "../activities/host/create-host-activities";
import type { RecordActivities } from "../activities/records/create-record-activities";
import type { RunFacts } from "../activities/records/open-run";
import { createCodec } from "../codec";
import { sealStarts } from "../seal-starts";
import { sealedCalls } from "../sealed-calls";
import { nodesQueue } from "../contract";
import { quietRuntime, workflowBundle } from "./in-process-worker";
import { keepHistory } from "./keep-history";
import type { Branch } from "./branches";
import type * as Workflows from "../workflows/index";

export type Script = Partial<HostActivities & RecordActivities>;
type WorkflowName = keyof typeof Workflows;
type Handle = Awaited<ReturnType<Client["workflow"]["start"]>>;

interface Play {
  handle: Handle;
  keep(this: void, name: Branch): Promise<void>;
}

export interface ScriptedWorker {
  /** Starts the workflow with these activities, hands it to `watch`, and ends it where it still stands. One at a time. */
  play(
    this: void,
    what: { workflow: WorkflowName; input: unknown; script: Script },
    watch: (play: Play) => Promise<void>,
  ): Promise<void>;
  stop(): Promise<void>;
}

export async function startScriptedWorker(address: string): Promise<ScriptedWorker> {
  quietRuntime();
  const codec = createCodec({ current: "k1", keys: { k1: randomBytes(32) } });
  const taskQueue = `scripted-${randomUUID()}`;
  const [near, far] = await Promise.all([NativeConnection.connect({ address }), Connection.connect({ address })]);
  let plays: { workflowId: string; script: Script } | undefined;
  const perform = async (input: never): Promise<unknown> => {
    const { activityType, workflowExecution } = activityInfo();
    // What a terminated workflow has asked for may begin in the next test, which counts its own.
    if (plays === undefined || workflowExecution?.workflowId !== plays.workflowId)
      throw ApplicationFailure.nonRetryable("The workflow that asks has been ended.");
    const { script } = plays;
    const work = script[activityType as keyof Script]; // whichever the workflow names
    if (work === undefined) throw ApplicationFailure.nonRetryable(`The script has no ${activityType}.`);
    return work(input);
  };
  const dataConverter = { payloadCodecs: [codec] };
  // "default" is asked for every activity that has no name of its own here.
  const common = {
    connection: near,
    activities: { default: perform },
    dataConverter,
    interceptors: { activity: [sealedCalls] },
    shutdownGraceTime: "100ms",
  };
  const workers = await Promise.all([
    Worker.create({ ...common, taskQueue, workflowBundle: await workflowBundle() }),
    Worker.create({ ...common, taskQueue: nodesQueue(taskQueue) }),
  ]);
  const run = Promise.all(workers.map((worker) => worker.run()));
  run.catch(() => undefined); // one that ends before it is stopped is told of by stop
  const client = new Client({ connection: far, dataConverter, interceptors: { workflow: [sealStarts] } });
  return {
    async play({ workflow, input, script }, watch) {
      const workflowId = randomUUID();
      plays = { workflowId, script };
      const handle = await client.workflow.start(workflow, { workflowId, taskQueue, args: [input] });
      try {
        // The first of a chain, not whichever is the last.
        await watch({
          handle,
          keep: (name) =>
            keepHistory(name, handle.workflowId, { address, codec, executionId: handle.firstExecutionRunId }),
        });
      } finally {
        await client.workflow
          .getHandle(handle.workflowId)
          .terminate()
          .catch(() => undefined);
      }
    },
    async stop() {
      for (const worker of workers) worker.shutdown();
      await run;
      await Promise.all([far.close(), near.close()]);
    },
  };
}

/** A creation with the steps that are named, and records that only say yes. */
export function recordsOf(steps: readonly string[]): Script {
  const facts: RunFacts = {
    kind: "provision",
    steps: steps.map((name) => ({ name, title: name, kind: "script", attempt: 1 })),
    vmid: null,
    vmidTyped: false,
    cancelRequested: false,
    pauseRequested: false,
    ended: false,
    names: { hostname: "scripted", node: "lab", template: "web", user: "ada@homeport.local" },
    marker: "homeport-scripted",
  };
  const done = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    openRun: () => Promise.resolve(facts),
    record: () => Promise.resolve({}),
    closeRun: () => Promise.resolve({}),
    noteStrangeCancel: done,
    beginUndo: done,
    releaseContainer: done,
    undoCreate: done,
    releaseTurn: done,
    pause: done,
    askTurn: () => Promise.resolve({ granted: true }),
    checkDecision: () => Promise.resolve({ refusal: null }),
    checkCancel: () => Promise.resolve({ recorded: true }),
  };
}
