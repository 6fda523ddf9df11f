// A whole installation with a wire that can be cut between any two of its parts, and two people who use it.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Deps } from "@homeport/api/deps";
import { createGate } from "@homeport/api/gate";
import { createWake, type WakeConnection } from "@homeport/api/wake";
import { createAuth } from "@homeport/auth";
import { createDb, type Db } from "@homeport/db/client";
import { createVault, type Vault } from "@homeport/db/sealing";
import { startLab, type Lab } from "@homeport/lab";
import { createEngine, type Engine } from "@homeport/temporal/client";
import { createCodec } from "@homeport/temporal/codec";
import { engineNames } from "@homeport/temporal/engine-names";
import type { PayloadCodec } from "@temporalio/common";
import { claimTemporaryHome } from "../../scripts/test/temporary-home";
import { signUp, type Operation, type Person } from "./people";
import { addLabNode } from "@homeport/testing/nodes";
import { openProxy, type Proxy } from "@homeport/testing/proxy";
import {
  ownDatabase,
  ownTemporal,
  sharedDatabase,
  sharedTemporal,
  type DatabaseServer,
  type TemporalServer,
} from "./servers";
import { snapshotGuest } from "./lab-state";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

export interface WorldOptions {
  /** One that may be killed, instead of the test run's shared one. */
  ownPostgres?: boolean;
  ownTemporal?: boolean;
  /** The folder of the own PostgreSQL, such as a small disk. */
  postgresDir?: string;
  /** Durations in the lab, as a share of a real node's. */
  scale?: number;
  /** Without a worker at first. */
  idle?: boolean;
}

/** The wires, by who talks to whom. */
type Wires = Record<"api" | "ssh" | "postgres" | "temporal" | "dashboardPostgres" | "dashboardTemporal", Proxy>;

/** Guests that Homeport did not make, as they were when they were planted. */
interface Stranger {
  vmid: number;
  plantedAt: number;
  before: string;
}

export interface World {
  dir: string;
  /** Not through a wire: the checker's own eyes. */
  db: Db;
  databaseUrl: string;
  database: DatabaseServer;
  temporal: TemporalServer;
  temporalAddress: string;
  lab: Lab;
  wires: Wires;
  vault: Vault;
  keyFile: string;
  codec: PayloadCodec;
  deps: Deps;
  engine: Engine;
  taskQueue: string;
  ada: Person;
  /** An operator in Ada's organization. */
  bob: Person;
  nodeId: string;
  operations: Operation[];
  strangers: Stranger[];
  /** Runs that a failed scenario left under way. */
  abandoned: string[];
  workers: WorkerProcess[];
  /** Histories of workflows that are closed: they do not change any more, and are read once. */
  histories: Map<string, string>;
  /** Every secret that must be nowhere. */
  secrets: string[];
  startWorker(env?: Record<string, string>): Promise<WorkerProcess>;
  plantStranger(vmid: number, what?: { running?: boolean; tags?: string }): Promise<void>;
  restartLab(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const dir = await mkdtemp(path.join(tmpdir(), "homeport-test-faults-"));
  claimTemporaryHome(dir);
  const [database, temporal] = await Promise.all([
    options.ownPostgres ? ownDatabase(dir, options.postgresDir ?? path.join(dir, "postgres")) : sharedDatabase(),
    options.ownTemporal ? ownTemporal(dir) : sharedTemporal(),
  ]);
  const openLab = (at: { port?: number; sshPort?: number } = {}): Promise<Lab> =>
    startLab({
      backend: "memory",
      scale: options.scale ?? 0.2,
      resourcesLagMs: 0,
      authDelayMs: 0,
      stateDir: path.join(dir, "lab"),
      ...at,
    });
  let lab = await openLab();
  const wires: Wires = {
    api: await openProxy("worker → lab API", { port: lab.port }),
    ssh: await openProxy("worker → lab SSH", { port: lab.sshPort }),
    postgres: await openProxy("worker → PostgreSQL", { port: database.port }),
    temporal: await openProxy("worker → Temporal", { port: temporal.port }),
    dashboardPostgres: await openProxy("dashboard → PostgreSQL", { port: database.port }),
    dashboardTemporal: await openProxy("dashboard → Temporal", { port: temporal.port }),
  };
  const key = randomBytes(32);
  const keyFile = path.join(dir, "sealing.json");
  await writeFile(keyFile, JSON.stringify({ current: "k1", keys: { k1: key.toString("base64") } }), { mode: 0o600 });
  const vault = createVault({ current: "k1", keys: { k1: key } });
  const codec = createCodec({ current: "k1", keys: { k1: key } });
  const taskQueue = `faults-${randomUUID()}`;
  const db = createDb(database.url, { max: 6 });

  const dashboardDb = createDb(through(database.url, wires.dashboardPostgres), { max: 24 });
  const wake: WakeConnection = createWake(through(database.url, wires.dashboardPostgres));
  await wake.ready;
  const engine = createEngine({
    address: `127.0.0.1:${wires.dashboardTemporal.port}`,
    taskQueue,
    codec,
    names: engineNames(dashboardDb),
    timeoutMs: 5_000,
  });
  const operations: Operation[] = [];
  const deps: Deps = {
    db: dashboardDb,
    vault,
    wake,
    gate: createGate(),
    engine,
    auth: createAuth({ db: dashboardDb, secureCookies: false, limitFactor: 1_000 }),
    clock: () => new Date(),
    log: () => undefined,
    resolve: () => Promise.resolve([]),
    config: {
      nodes: { allowLoopback: true, ownPorts: [] },
      trustedProxies: [],
      origins: [],
      temporalNamespace: "default",
    },
  };
  const ada = await signUp(deps, "Ada", operations);
  const bob = await signUp(deps, "Bob", operations);
  const { organizationId } = await db.organizationMember.findFirstOrThrow({ where: { userId: ada.id } });
  await db.organizationMember.create({ data: { organizationId, userId: bob.id, role: "OPERATOR" } });
  const project = await db.project.findFirstOrThrow({ where: { organizationId } });
  await db.projectMember.create({ data: { projectId: project.id, userId: bob.id, role: "OPERATOR" } });
  const nodeId = await addLabNode({ db, vault }, ada.id, {
    lab,
    at: { port: wires.api.port, sshPort: wires.ssh.port },
  });

  const world: World = {
    dir,
    db,
    databaseUrl: database.url,
    database,
    temporal,
    temporalAddress: `127.0.0.1:${temporal.port}`,
    wires,
    vault,
    keyFile,
    codec,
    deps,
    engine,
    taskQueue,
    ada,
    bob,
    nodeId,
    operations,
    get lab() {
      return lab;
    },
    strangers: [],
    abandoned: [],
    workers: [],
    histories: new Map(),
    secrets: [
      lab.token.secret,
      lab.ssh.password,
      key.toString("base64"),
      ada.cookie().split("=")[1] ?? "",
      bob.cookie().split("=")[1] ?? "",
    ],
    async startWorker(env = {}) {
      const templates = path.join(dir, "templates");
      await mkdir(templates, { recursive: true });
      const worker = await startWorkerProcess({
        DATABASE_URL: through(database.url, wires.postgres),
        TEMPORAL_ADDRESS: `127.0.0.1:${wires.temporal.port}`,
        TEMPORAL_TASK_QUEUE: taskQueue,
        HOMEPORT_KEY_FILE: keyFile,
        HOMEPORT_TEMPLATES: templates,
        ...env,
      });
      world.workers.push(worker);
      // A worker retires templates that are not in its folder; these were offered by hand.
      await db.template.updateMany({ data: { retiredAt: null } });
      return worker;
    },
    async plantStranger(vmid, what = {}) {
      await lab.faults.createForeignGuest({ vmid, hostname: `stranger-${vmid}`, ...what });
      world.strangers.push({ vmid, plantedAt: Date.now(), before: snapshotGuest(path.join(dir, "lab"), vmid) });
    },
    async restartLab() {
      const at = { port: lab.port, sshPort: lab.sshPort };
      await lab.close();
      lab = await openLab(at);
    },
    async close() {
      for (const worker of world.workers) worker.thaw();
      await Promise.all(world.workers.map((worker) => worker.kill()));
      await Promise.all(
        [engine.close(), wake.close(), dashboardDb.$disconnect(), db.$disconnect(), lab.close()].map((work) =>
          work.catch(() => undefined),
        ),
      );
      await Promise.all(Object.values(wires).map((wire: Proxy) => wire.close()));
      await Promise.all([database.close(), temporal.close()]);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  if (options.idle) return world;
  await world.startWorker().catch(async (error: unknown) => {
    await world.close();
    throw error;
  });
  return world;
}

function through(url: string, { port }: { port: number }): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}
