// The Temporal server of one machine: its data outlives it, its version is pinned, its namespace is ready for us.
import { Client, Connection } from "@temporalio/client";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { choosePorts } from "./ports";
import { endRecorded, processLedger } from "./processes";
import { CLI_VERSION, findTemporal, getTemporal, parseServerVersion } from "./temporal-binary";
import { prepareNamespace } from "./temporal-namespace";
import { pinnedVersion, startTemporal } from "./temporal-server";
import { claimTemporaryHome } from "../test/temporary-home";

const binary = await findTemporal();
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "homeport-test-temporal-"));
  claimTemporaryHome(dir);
});
afterEach(async () => {
  await endRecorded(processLedger(path.join(dir, "pids.json")));
  rmSync(dir, { recursive: true });
});

test("the server's version is read from what the CLI prints, whatever the CLI calls itself", () => {
  expect(parseServerVersion("temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)")).toBe("1.29.1");
  expect(parseServerVersion("temporal version 1.5.1 (Server 1.30.0-149.0, UI 2.42.1)")).toBe("1.30.0-149.0");
});

test("data of another server version is refused, naming both and what to do", async () => {
  fakeCli(path.join(dir, "path", "temporal"), "1.31.2");

  const attempt = getTemporal({ pinned: "1.28.0", searchPath: path.join(dir, "path"), cacheDir: path.join(dir, "cache") });

  await expect(attempt).rejects.toThrow(/made by server 1\.28\.0, but the Temporal server here is 1\.31\.2[^]*--fresh/);
});

test("of several servers on the machine, the one that made the data is used", async () => {
  fakeCli(path.join(dir, "path", "temporal"), "1.31.2");
  fakeCli(path.join(dir, "cache", "bin", `temporal-${CLI_VERSION}`, "temporal"), "1.29.1");

  expect(await getTemporal({ pinned: "1.29.1", searchPath: path.join(dir, "path"), cacheDir: path.join(dir, "cache") })).toMatchObject({ from: "the cache" });
});

test("a data file without its version is not opened by guess", () => {
  writeFileSync(path.join(dir, "temporal.db"), "");

  expect(() => pinnedVersion(dir)).toThrow("server-version file is missing");
});

test.skipIf(!binary)("runs outlive a kill -9 of the server; search attributes and retention are ready", async () => {
  if (!binary) return;
  const ports = await choosePorts({ file: path.join(dir, "ports.json"), any: true, say: () => undefined });
  const files = { dir, log: path.join(dir, "temporal.log") };
  const onSpawn = (pid: number): void => { processLedger(path.join(dir, "pids.json")).record("temporal", pid); };
  const at = { address: `127.0.0.1:${ports.temporal}`, namespace: "default", ours: true };
  const first = await startTemporal(binary, files, { ports, onSpawn });
  await prepareNamespace(at);
  await withClient(at.address, (client) => client.workflow.start("nobody-runs-this", { workflowId: "kept", taskQueue: "none" }));

  process.kill(first.pid, "SIGKILL");
  expect(await first.exited).toBe("signal SIGKILL");
  await startTemporal(binary, files, { ports, onSpawn });

  await prepareNamespace(at);
  await withClient(at.address, async (client) => {
    expect((await client.workflow.getHandle("kept").describe()).status.name).toBe("RUNNING");
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: "default" });
    expect(customAttributes).toMatchObject({ HomeportNode: 2, HomeportTemplate: 2, HomeportUser: 2, HomeportStatus: 2, HomeportVmid: 3 });
    const { config } = await client.workflowService.describeNamespace({ namespace: "default" });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
  });
});

async function withClient<T>(address: string, work: (client: Client & { connection: Connection }) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(Object.assign(new Client({ connection }), { connection }));
  } finally {
    await connection.close();
  }
}

function fakeCli(file: string, serverVersion: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "temporal version 9 (Server ${serverVersion}, UI 1.0.0)"\n`);
  chmodSync(file, 0o755);
}
