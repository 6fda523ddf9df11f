// The Temporal server of one machine: its data outlives it, its version is pinned, its namespace is ready for us.
import { Client, Connection } from "@temporalio/client";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anyPort, choosePorts } from "./ports";
import { endRecorded, processLedger } from "./processes";
import { CLI_VERSION, findTemporal, getTemporal, parseServerVersion, requireSum } from "./temporal-binary";
import { prepareNamespace } from "./temporal-namespace";
import { chooseUiAddress, pinnedVersion, startTemporal, UI_PATH } from "./temporal-server";
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

  const attempt = getTemporal({
    pinned: "1.28.0",
    searchPath: path.join(dir, "path"),
    cacheDir: path.join(dir, "cache"),
  });

  await expect(attempt).rejects.toThrow(/made by server 1\.28\.0, but the Temporal server here is 1\.31\.2[^]*--fresh/);
});

test("of several servers on the machine, the one that made the data is used", async () => {
  fakeCli(path.join(dir, "path", "temporal"), "1.31.2");
  fakeCli(path.join(dir, "cache", "bin", `temporal-${CLI_VERSION}`, "temporal"), "1.29.1");

  expect(
    await getTemporal({ pinned: "1.29.1", searchPath: path.join(dir, "path"), cacheDir: path.join(dir, "cache") }),
  ).toMatchObject({ from: "the cache" });
});

test("a data file without its version is not opened by guess", () => {
  writeFileSync(path.join(dir, "temporal.db"), "");

  expect(() => pinnedVersion(dir)).toThrow("server-version file is missing");
});

test.skipIf(!binary)("runs outlive a kill -9 of the server; search attributes and retention are ready", async () => {
  if (!binary) return;
  const ports = await choosePorts({ file: path.join(dir, "ports.json"), any: true, print: () => undefined });
  const files = { dir, log: path.join(dir, "temporal.log") };
  const onSpawn = (pid: number): void => {
    processLedger(path.join(dir, "pids.json")).record("temporal", pid);
  };
  const at = { address: `127.0.0.1:${ports.temporal}`, namespace: "default", ours: true };
  const first = await startTemporal(binary, files, { ports, onSpawn });
  await prepareNamespace(at);
  await withClient(at.address, (client) =>
    client.workflow.start("nobody-runs-this", { workflowId: "kept", taskQueue: "none" }),
  );

  process.kill(first.pid, "SIGKILL");
  expect(await first.exited).toBe("signal SIGKILL");
  await startTemporal(binary, files, { ports, onSpawn });

  await prepareNamespace(at);
  await withClient(at.address, async (client) => {
    expect((await client.workflow.getHandle("kept").describe()).status.name).toBe("RUNNING");
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: "default" });
    expect(customAttributes).toMatchObject({
      HomeportNode: 2,
      HomeportTemplate: 2,
      HomeportUser: 2,
      HomeportStatus: 2,
      HomeportVmid: 3,
    });
    const { config } = await client.workflowService.describeNamespace({ namespace: "default" });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
  });
});

test("an archive that is not the one that was released is neither unpacked nor run", () => {
  const sum = createHash("sha256").update("released").digest("hex");
  requireSum(Buffer.from("released"), sum);
  expect(() => {
    requireSum(Buffer.from("released, and more"), sum);
  }).toThrow(/not the one that was released/);
});

test.skipIf(!binary)(
  "its HTTP API answers no web page, and its UI listens where only the dashboard knows",
  async () => {
    if (!binary) return;
    const ports = await choosePorts({ file: path.join(dir, "ports.json"), any: true, print: () => undefined });
    const [ui, httpPort] = [await chooseUiAddress(), await anyPort()];
    await startTemporal(
      binary,
      { dir, log: path.join(dir, "temporal.log") },
      {
        ports,
        ui,
        httpPort,
        onSpawn: (pid) => {
          processLedger(path.join(dir, "pids.json")).record("temporal", pid);
        },
      },
    );
    const address = `127.0.0.1:${ports.temporal}`;
    await prepareNamespace({ address, namespace: "default", ours: true });
    await withClient(address, (client) =>
      client.workflow.start("nobody-runs-this", { workflowId: "kept", taskQueue: "none" }),
    );

    // As a page of any site sends it, without asking the server first: a "simple" request.
    const asPage = (of: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${httpPort}/api/v1/namespaces/default/workflows/kept${of}`, {
        headers: { "content-type": "text/plain", origin: "http://evil.example" },
        ...init,
      }).then(({ status }) => status);
    for (const what of ["/cancel", "/terminate", "/signal/turn", "/update/decide"])
      expect([what, await asPage(what, { method: "POST", body: '{"input":[{"decision":"undo"}]}' })]).toEqual([
        what,
        403,
      ]);
    expect(await asPage("")).toBe(403);
    await withClient(address, async (client) => {
      const { events = [] } = await client.workflow.getHandle("kept").fetchHistory();
      expect(events).toHaveLength(2); // started, first task scheduled: nothing came in
    });

    expect((await fetch(`http://${ui.host}:${ui.port}${UI_PATH}/`)).status).toBe(200);
    if (process.platform === "linux") await expect(fetch(`http://127.0.0.1:${ui.port}/`)).rejects.toThrow();
  },
);

async function withClient<T>(
  address: string,
  work: (client: Client & { connection: Connection }) => Promise<T>,
): Promise<T> {
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
