// What integration tests share: one PostgreSQL and one Temporal server per run, each started by the first connection to it.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type {} from "../../prisma/src/testing"; // declares what is provided here
import { startPostgres } from "../../prisma/src/embedded";
import { startChild } from "../stack/child";
import { anyPort } from "../stack/ports";
import { endRecorded, processLedger } from "../stack/processes";
import { findTemporal, type TemporalBinary } from "../stack/temporal-binary";
import { searchAttributes, temporalAnswers } from "../stack/temporal-namespace";
import { commonConfig } from "../stack/temporal-server";
import { startOnFirstConnection } from "./lazy-server";
import { claimTemporaryHome, sweepDeadHomes } from "./temporary-home";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepDeadHomes();
  const home = await mkdtemp(path.join(tmpdir(), "homeport-test-"));
  claimTemporaryHome(home);
  const ledger = processLedger(path.join(home, "pids.json"));
  const password = randomBytes(16).toString("hex");

  const postgres = await startOnFirstConnection(async () => {
    const { port } = await startPostgres({
      dir: path.join(home, "postgres"),
      password,
      durable: false,
      onSpawn: (pid) => {
        ledger.record("postgres", pid);
      },
    });
    return port;
  });
  project.provide("postgresUrl", `postgresql://postgres:${password}@127.0.0.1:${postgres.port}/postgres`);

  const binary = await findTemporal();
  const temporal =
    binary &&
    (await startOnFirstConnection(() =>
      startTestTemporal(binary, home, (pid) => {
        ledger.record("temporal", pid);
      }),
    ));
  project.provide("temporalAddress", temporal ? `127.0.0.1:${temporal.port}` : "");

  return async () => {
    await Promise.all([postgres.close(), temporal?.close()]);
    await endRecorded(ledger);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function startTestTemporal(
  binary: TemporalBinary,
  home: string,
  onSpawn: (pid: number) => void,
): Promise<number> {
  const port = await anyPort();
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    "--search-attribute",
    `${name}=${type}`,
  ]);
  await startChild({
    name: "temporal",
    // On a file: Temporal's in-memory mode loses tables under load (temporalio/temporal#3784).
    argv: [
      binary.file,
      "server",
      "start-dev",
      "--headless",
      "--ip",
      "127.0.0.1",
      "--port",
      String(port),
      "--db-filename",
      path.join(home, "temporal.db"),
      "--sqlite-pragma",
      "synchronous=OFF",
      ...attributes,
      ...commonConfig.flatMap((value) => ["--dynamic-config-value", value]),
      "--log-level",
      "error",
    ],
    cwd: home,
    log: path.join(home, "temporal.log"),
    ready: () => temporalAnswers(`127.0.0.1:${port}`),
    onSpawn,
  });
  return port;
}
