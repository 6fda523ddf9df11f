// Temporal's file lost, or restored from yesterday: runs go on and nothing is made, or taken back, twice.
import { randomUUID } from "node:crypto";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngine, type Engine } from "../temporal/src/client";
import { engineNames } from "../temporal/src/engine-names";
import { startChildWorker, type ChildWorker } from "../temporal/src/testing/child-worker";
import { openFixture, type Fixture } from "../temporal/src/testing/fixture";
import { startChild, type Running } from "./stack/child";
import { anyPort } from "./stack/ports";
import { findTemporal } from "./stack/temporal-binary";
import { searchAttributes, temporalAnswers } from "./stack/temporal-namespace";

let fixture: Fixture;
let engine: Engine;
let worker: ChildWorker | undefined;
let server: Running;
let port: number;
const taskQueue = `test-${randomUUID()}`;
const files = () => path.join(fixture.dir, "temporal");

beforeAll(async () => {
  fixture = await openFixture({ scale: 1 });
  port = await anyPort();
  server = await startServer();
  const address = `127.0.0.1:${port}`;
  engine = createEngine({
    address,
    taskQueue,
    codec: fixture.codec,
    names: engineNames(fixture.db),
    timeoutMs: 10_000,
  });
  worker = await startChildWorker(fixture, { address, taskQueue });
});
afterAll(async () => {
  await worker?.kill();
  await engine.close();
  await server.stop();
  await fixture.close();
});

async function startServer(): Promise<Running> {
  const binary = await findTemporal();
  if (binary === undefined) throw new Error("no Temporal binary");
  await mkdir(files(), { recursive: true });
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    "--search-attribute",
    `${name}=${type}`,
  ]);
  return startChild({
    name: "temporal",
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
      path.join(files(), "temporal.db"),
      ...attributes,
      "--log-level",
      "error",
    ],
    cwd: files(),
    log: path.join(fixture.dir, "temporal.log"),
    ready: () => temporalAnswers(`127.0.0.1:${port}`),
  });
}

const script = (seconds: number) => ({
  packages: [],
  files: [],
  scripts: [
    {
      name: "one",
      title: "One",
      content: `. /usr/local/lib/homeport/helpers\nlog begins\n# lab: sleep ${seconds}s\nlog ends\n`,
    },
  ],
});
const posts = async (vmid: number) =>
  (await fixture.lab.faults.journal()).filter(
    (entry) => entry.vmid === vmid && entry.method === "POST" && entry.path.endsWith("/lxc"),
  ).length;

async function inScript(runId: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const { state } = await fixture.db.runStep.findFirstOrThrow({ where: { runId, name: "script-one" } });
    if (state === "running" && (await fixture.output(runId, "script-one")).includes("begins")) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the script did not begin");
}

test("its file lost in the middle of a creation: the run is begun anew by itself and finds what it did; one container, nothing twice", async () => {
  const run = await fixture.provision({ vmid: 800 }, script(5));
  await engine.startRun(run);
  await inScript(run.runId);
  await server.stop();
  await rm(files(), { recursive: true });
  server = await startServer();

  const done = await fixture.until(run.runId, "done");
  expect(done.container).toMatchObject({ vmid: 800, lifecycle: "ready" });
  expect(await posts(800)).toBe(1);
  expect((await fixture.output(run.runId, "script-one")).match(/begins/g)).toHaveLength(1);
  expect(await fixture.db.orphan.findMany({ where: { runId: run.runId } })).toMatchObject([
    { kind: "run_without_workflow", state: "resolved", resolution: "begun_anew" },
  ]);
});

test("its file restored from before a container was finished and deleted: it is not made again, and nothing is undone", async () => {
  const run = await fixture.provision({ vmid: 810 }, script(4));
  await engine.startRun(run);
  await inScript(run.runId);
  await server.stop();
  const copy = path.join(fixture.dir, "yesterday");
  await cp(files(), copy, { recursive: true });
  server = await startServer();
  await fixture.until(run.runId, "done");
  const destroy = await fixture.operate(run.containerId, "destroy");
  await engine.startRun(destroy);
  await fixture.until(destroy.runId, "done");
  await fixture.lab.faults.createForeignGuest({ vmid: 810, hostname: "theirs" });
  const before = (await fixture.lab.faults.journal()).length;

  await server.stop();
  await rm(files(), { recursive: true });
  await cp(copy, files(), { recursive: true });
  expect(await readdir(files())).toContain("temporal.db");
  server = await startServer();
  for (
    const deadline = Date.now() + 120_000;
    (await engine.runStatus(run.runId).catch(() => "running")) === "running";
  ) {
    if (Date.now() > deadline) throw new Error("the restored workflow did not end");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect((await fixture.lab.faults.journal()).slice(before)).toEqual([]);
  expect(await posts(810)).toBe(1);
  expect(await fixture.db.run.findUniqueOrThrow({ where: { id: run.runId } })).toMatchObject({ state: "done" });
  expect(await fixture.db.container.findUniqueOrThrow({ where: { id: run.containerId } })).toMatchObject({
    lifecycle: "deleted",
  });
});
