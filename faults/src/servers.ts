// PostgreSQL and Temporal for one world: the test run's shared ones, or its own that may be killed, filled and set back.
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { startPostgres, type Postgres } from "@homeport/db/embedded";
import { migrate } from "@homeport/db/migrate";
import { testDatabase } from "@homeport/db/testing";
import pg from "pg";
import { inject } from "vitest";
import type { Running } from "../../scripts/stack/child";
import { choosePorts, type Ports } from "../../scripts/stack/ports";
import { findTemporal } from "../../scripts/stack/temporal-binary";
import { processLedger } from "../../scripts/stack/processes";
import { startTemporal } from "../../scripts/stack/temporal-server";

interface OwnServer {
  port: number;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Starts it unless it runs: it may have been killed, or have given up by itself. */
  ensure(): Promise<void>;
  /** Where its data is. */
  dir: string;
  log: string;
}

export interface DatabaseServer {
  url: string;
  port: number;
  own?: OwnServer;
  close(): Promise<void>;
}

export async function sharedDatabase(): Promise<DatabaseServer> {
  const { url, db, close } = await testDatabase();
  await db.$disconnect();
  return { url, port: Number(new URL(url).port), close };
}

/** Recorded in the world's home, so that a later run ends what a killed one left. */
function recordIn(home: string, name: string): (pid: number) => void {
  return (pid) => {
    processLedger(path.join(home, "pids.json")).record(name, pid);
  };
}

/** A server of this world alone; `dir` may be a small disk. */
export async function ownDatabase(home: string, dir: string): Promise<DatabaseServer> {
  await mkdir(dir, { recursive: true });
  const password = randomBytes(16).toString("hex");
  const open = (port?: number): Promise<Postgres> =>
    startPostgres({ dir, password, onSpawn: recordIn(home, "postgres"), ...(port === undefined ? {} : { port }) });
  let server = await open();
  const life = watchLife(server.exited);
  const { port } = server;
  const url = server.url("homeport");
  await migrate(url);
  const own: OwnServer = {
    port,
    dir,
    log: path.join(dir, "postgres.log"),
    async kill() {
      process.kill(server.pid, "SIGKILL");
      await server.exited;
    },
    async start() {
      server = await open(port);
      life.began(server.exited);
    },
    async ensure() {
      if (!life.on()) await own.start();
    },
    stop: () => server.stop(),
  };
  return { url, port, own, close: () => server.stop() };
}

export interface TemporalServer {
  port: number;
  own?: OwnServer;
  close(): Promise<void>;
}

export function sharedTemporal(): TemporalServer {
  return { port: Number(inject("temporalAddress").split(":")[1]), close: () => Promise.resolve() };
}

export async function ownTemporal(home: string): Promise<TemporalServer> {
  const binary = await findTemporal();
  if (binary === undefined) throw new Error("there is no Temporal server on this machine");
  const dir = path.join(home, "temporal");
  await mkdir(dir, { recursive: true });
  const ports: Ports = await choosePorts({ file: path.join(dir, "ports.json"), any: true, print: () => undefined });
  const log = path.join(dir, "temporal.log");
  const open = (): Promise<Running> =>
    startTemporal(binary, { dir, log }, { ports, onSpawn: recordIn(home, "temporal") });
  let server = await open();
  const life = watchLife(server.exited);
  const own: OwnServer = {
    port: ports.temporal,
    dir,
    log,
    async kill() {
      process.kill(server.pid, "SIGKILL");
      await server.exited;
    },
    async start() {
      server = await open();
      life.began(server.exited);
    },
    async ensure() {
      if (!life.on()) await own.start();
    },
    stop: () => server.stop(),
  };
  return { port: ports.temporal, own, close: () => server.stop() };
}

function watchLife(first: Promise<string>): { on(): boolean; began(exited: Promise<string>): void } {
  let current = first;
  let on = true;
  const began = (exited: Promise<string>): void => {
    current = exited;
    on = true;
    void exited.then(() => {
      if (current === exited) on = false;
    });
  };
  began(first);
  return { on: () => on, began };
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // a server that is killed meanwhile
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
