// A person may take days to decide, and a worker may die meanwhile: what was paused or asked stays so, and goes on with another worker.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createEngine, type Engine } from "../client";
import { engineNames } from "../engine-names";
import { startChildWorker, type ChildWorker } from "../testing/child-worker";
import { decide, steer } from "../testing/decide";
import { openFixture, type Fixture } from "../testing/fixture";

let fixture: Fixture;
let engine: Engine;
let worker: ChildWorker;
const taskQueue = `test-${randomUUID()}`;
const address = inject("temporalAddress");
beforeAll(async () => {
  fixture = await openFixture();
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
  await worker.kill();
  await engine.close();
  await fixture.close();
});

const helpers = ". /usr/local/lib/homeport/helpers\n";
const bare = { packages: [], files: [] };

test("kill -9 while one run is paused and another waits for a decision: both stay so, and both go on, nothing done twice", async () => {
  const paused = await fixture.provision(
    { vmid: 901 },
    {
      ...bare,
      scripts: [
        { name: "one", title: "One", content: `${helpers}log once\nfail no\n` },
        { name: "two", title: "Two", content: `${helpers}log two\n` },
      ],
    },
  );
  const asked = await fixture.provision(
    { vmid: 902 },
    { ...bare, scripts: [{ name: "one", title: "One", content: `${helpers}fail no\n` }] },
  );
  for (const run of [paused, asked]) await engine.startRun(run);
  for (const { runId } of [paused, asked]) await fixture.until(runId, "awaiting_decision");
  await steer(fixture, engine, { runId: paused.runId, to: "pause" });
  await decide(fixture, engine, {
    runId: paused.runId,
    decision: "retry",
    edit: { script: `${helpers}log mended\n` },
  });
  await fixture.until(paused.runId, "paused");

  await worker.kill();
  // Nobody works now: the click is kept, and done by the next worker.
  const key = randomUUID();
  await fixture.db.run.update({ where: { id: paused.runId }, data: { pauseRequestedAt: null } });
  await fixture.db.runDecision.create({
    data: { runId: paused.runId, requestKey: key, decision: "resume", userId: fixture.userId },
  });
  expect((await fixture.until(asked.runId, "awaiting_decision")).waitingFor).toEqual({ on: "decision" });
  worker = await startChildWorker(fixture, { address, taskQueue });

  const run = await fixture.until(paused.runId, "done");
  expect(run.steps.map(({ name, attempt }) => `${name} ${attempt}`)).toContain("script-one 2");
  expect(await fixture.output(paused.runId, "script-one")).toBe("once\nERROR: no\nmended\n");
  expect(await fixture.output(paused.runId, "script-two")).toBe("two\n");
  expect(await fixture.db.runDecision.findFirst({ where: { runId: paused.runId, requestKey: key } })).toMatchObject({
    refusal: null,
  });

  await decide(fixture, engine, { runId: asked.runId, decision: "undo" });
  await fixture.until(asked.runId, "undone");
  const creates = (await fixture.lab.faults.journal()).filter(
    ({ method, path }) => method === "POST" && path.endsWith("/lxc"),
  );
  expect(creates).toHaveLength(2);
});
