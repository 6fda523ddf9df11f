// Provisioning end to end: a real Temporal server, a real PostgreSQL, a lab in memory.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openFixture, type Fixture } from "../testing/fixture";
import { startTestWorker, type TestWorker } from "../testing/in-process-worker";

let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, inject("temporalAddress"));
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

test("a queued run becomes a running container, every step in order, its output whole", async () => {
  const started = await fixture.provision({ hostname: "happy" });
  await worker.engine.startRun(started);

  const run = await fixture.until(started.runId, "done");
  expect(run.steps.map(({ name, state, attempt }) => [name, state, attempt])).toEqual([
    ["reserve", "done", 1], ["create", "done", 1], ["start", "done", 1], ["ready", "done", 1], ["files", "done", 1],
    ["packages", "done", 1], ["script-configure", "done", 1], ["script-serve", "done", 1], ["discover", "done", 1], ["finish", "done", 1],
  ]);
  expect(run.container).toMatchObject({ lifecycle: "ready", address: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/) });
  expect(await fixture.output(started.runId, "script-configure")).toBe("first line\nzwölf € — ende\nlast line\n");
  expect(await fixture.output(started.runId, "create", "task")).toContain("TASK OK");
  const [service] = await fixture.db.containerService.findMany({ where: { containerId: started.containerId } });
  expect(service).toMatchObject({ name: "web", port: 8080, status: "up" });
  expect(fixture.vault.open({ table: "ContainerService", row: service?.id ?? "", column: "credentials" }, service?.credentials ?? "")).toContain("hunter2-sekret");
});
