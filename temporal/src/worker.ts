// A worker: the workflows and the activities, wired to a database, a set of keys and a Temporal server. "runs" does what people asked
// for; "nodes" looks at nodes, in a process of its own in a whole installation: what one node answers must not hold up anybody's run.
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import { Client } from "@temporalio/client";
import type { PayloadCodec } from "@temporalio/common";
import { type NativeConnection, Worker, type WorkflowBundleOption } from "@temporalio/worker";
import { createHostActivities } from "./activities/host/create-host-activities";
import { type HostDeps, type Pace, realPace } from "./activities/host/deps";
import { readEdit } from "./activities/records/attempts";
import { readBlueprint } from "./activities/records/blueprint";
import { createRecordActivities } from "./activities/records/create-record-activities";
import type { HousekeepingDeps } from "./activities/records/housekeeping/housekeeping-records";
import { knownSecrets } from "./activities/records/known-secrets";
import { createPlanPorts } from "./activities/records/plan-records";
import { createReconciler } from "./activities/records/reconciler";
import { keepServices } from "./activities/records/services";
import { createSightings } from "./activities/records/sightings";
import { type SlotDeps, slotRecords } from "./activities/records/slots";
import { openStepRecord, type SignalStanding } from "./activities/records/step-record";
import { createVmidPorts } from "./activities/records/vmid/vmid-ports";
import { createConnect, createIdentityChanged, createLocate } from "./connect-host";
import { nodesQueue, STANDING_SIGNAL, type StandingSignal, TASK_QUEUE, SLOT_SIGNAL, type SlotSignal } from "./contract";
import { engineNames } from "./engine-names";
import { createFence } from "./fence";
import { sealedCalls } from "./sealed-calls";
import { workflowInterceptors, workflowsPath } from "./workflow-files";
import { createWorkflowsView } from "./workflows-view";

export const workerParts = ["runs", "nodes"] as const;
type WorkerPart = (typeof workerParts)[number];

export interface WorkerDeps {
  part: WorkerPart;
  db: Db;
  vault: Vault;
  codec: PayloadCodec;
  connection: NativeConnection;
  namespace?: string;
  /** Tests use queues of their own. */
  taskQueue?: string;
  pace?: Partial<Pace>;
  log: HousekeepingDeps["log"];
  logDays: HousekeepingDeps["logDays"];
  heads: HousekeepingDeps["heads"];
  /** Whether mails are sent; else they are kept. */
  mailServer: boolean;
  /** As build-worker.ts makes it; absent: compiled here, which takes seconds. */
  bundle?: WorkflowBundleOption | undefined;
}

export function createWorker({
  part,
  db,
  vault,
  codec,
  connection,
  namespace = "default",
  taskQueue = TASK_QUEUE,
  pace,
  log,
  logDays,
  heads,
  mailServer,
  bundle,
}: WorkerDeps): Promise<Worker> {
  const client = new Client({ connection, namespace, dataConverter: { payloadCodecs: [codec] } });
  const names = engineNames(db);
  const signalStanding: SignalStanding = async (runId, standing) =>
    client.workflow.getHandle((await names.id(runId)) ?? runId).signal<[StandingSignal]>(STANDING_SIGNAL, standing);
  const signalSlot = async ({ runId, step }: { runId: string; step: string }): Promise<void> =>
    client.workflow.getHandle((await names.id(runId)) ?? runId).signal<[SlotSignal]>(SLOT_SIGNAL, { step });
  const workflowCode = bundle ? { workflowBundle: bundle } : { workflowsPath };
  return Worker.create({
    connection,
    namespace,
    taskQueue: part === "runs" ? taskQueue : nodesQueue(taskQueue),
    dataConverter: { payloadCodecs: [codec] },
    activities: {
      ...createRecordActivities({
        db,
        vault,
        log,
        logDays,
        heads,
        mailServer,
        signalSlot,
        workflows: createWorkflowsView(client, taskQueue),
      }),
      ...createHostActivities(hostDeps({ db, vault, signalStanding, signalSlot }, pace)),
    },
    interceptors: {
      activity: [sealedCalls, createFence(db)],
      ...(part === "runs" && !bundle ? { workflowModules: workflowInterceptors } : {}),
    },
    ...(part === "runs" && workflowCode),
    // A cancelled step hears of it within this, and a dead worker is missed soon (MISSED_AFTER_MS).
    maxHeartbeatThrottleInterval: "2s",
    defaultHeartbeatThrottleInterval: "2s",
    // Steps of many containers wait on hosts, not on us; each watched node holds one.
    maxConcurrentActivityTaskExecutions: 500,
    maxCachedWorkflows: 300,
    // A workflow whose worker died is taken up by another after this, not after ten seconds.
    stickyQueueScheduleToStartTimeout: "3s",
    // What waits for a node is handed over; what is about to end may end.
    shutdownGraceTime: "200ms",
    shutdownForceTime: "15s",
  });
}

interface Ports extends SlotDeps {
  vault: Vault;
  signalStanding: SignalStanding;
}

/** What host activities get: each port is backed by the records, and none of them is the database. */
function hostDeps({ db, vault, signalStanding, signalSlot }: Ports, pace: Partial<Pace> = {}): HostDeps {
  return {
    connect: createConnect({ db, vault }),
    locate: createLocate({ db }),
    installation: readOnce(async () => (await db.installation.findFirstOrThrow({ select: { id: true } })).id),
    identityChanged: createIdentityChanged({ db }),
    openStep: (at, tries) => openStepRecord(db, at, { tries, signalStanding }),
    releaseSlot: ({ runId, step }) => slotRecords({ db, signalSlot }).releaseTurn({ runId, step }),
    blueprint: (containerId) => readBlueprint(db, containerId),
    edit: (at) => readEdit(db, at),
    secrets: (at) => knownSecrets({ db, vault }, at),
    keepServices: (containerId, services) => keepServices({ db, vault }, containerId, services),
    sightings: createSightings(db),
    reconciler: createReconciler(db),
    ...createPlanPorts(db),
    ...createVmidPorts(db),
    pace: { ...realPace, ...pace },
  };
}

/** What never changes is read once; a failure is not kept. */
function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
