// Workflow code that does not fit the runs that are under way is deployed: they are told as stuck, none fails, and with the right code they go on.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { engineUnfit } from "@homeport/domain/run/waiting";
import { findLost, type SweeperDeps } from "./sweeper";
import { clicked } from "./testing/decide";
import { openFixture, type Fixture } from "./testing/fixture";
import { startTestWorker, workflowBundle, type TestWorker } from "./testing/in-process-worker";

const address = inject("temporalAddress");
const reported: Parameters<SweeperDeps["log"]>[0][] = [];
let fixture: Fixture;
let worker: TestWorker;
beforeAll(async () => {
  fixture = await openFixture();
  worker = await startTestWorker(fixture, address);
});
afterAll(async () => {
  await worker.stop();
  await fixture.close();
});

const bare = { packages: [], files: [] };
const sweep = () =>
  findLost({
    db: fixture.db,
    engine: worker.engine,
    log: (entry) => {
      reported.push(entry);
    },
  });
const rowOf = (id: string) => fixture.db.run.findUniqueOrThrow({ where: { id } });

test("35 · a version that does not replay: every run that is under way says so, goes on with the right one, and nothing is lost or done twice", async () => {
  const asked = await fixture.provision(
    { vmid: 350 },
    { ...bare, scripts: [{ name: "x", title: "X", content: '[ "$HOMEPORT_ATTEMPT" = 2 ]\n' }] },
  );
  const moving = await fixture.provision({ vmid: 351 }, { ...bare, scripts: [] });
  await worker.engine.startRun(asked);
  await fixture.until(asked.runId, "awaiting_decision");
  await fixture.lab.faults.delayTask({ type: "vzcreate", vmid: 351, delayMs: 10_000 });
  await worker.engine.startRun(moving);
  await expect.poll(async () => (await fixture.lab.faults.journal()).some(({ vmid }) => vmid === 351)).toBe(true);
  await worker.stop();

  // As if somebody had taken a `patched` out while runs that need it are under way.
  const fitting = await workflowBundle();
  const changed = { ...fitting, code: fitting.code.replaceAll("turns-2026-11-21", "turns-of-another-day") };
  expect(changed.code).not.toBe(fitting.code);
  worker = await startTestWorker(fixture, address, { taskQueue: worker.taskQueue, bundle: changed });
  const click = await clicked(fixture, asked.runId, { decision: "retry" });
  const decided = worker.engine
    .decide(asked.runId, { decision: "retry", step: click.step, attempt: click.attempt }, click.key)
    .catch((error: unknown) => error);
  await expect
    .poll(
      async () => {
        await sweep();
        return [(await rowOf(asked.runId)).waitingFor, (await rowOf(moving.runId)).waitingFor];
      },
      { interval: 250 },
    )
    .toEqual([engineUnfit, engineUnfit]);
  expect([(await rowOf(asked.runId)).state, (await rowOf(moving.runId)).state]).toEqual([
    "awaiting_decision",
    "waiting",
  ]);
  for (const { runId } of [asked, moving]) {
    expect(reported.filter(({ workflow }) => workflow === runId)).toMatchObject([
      { event: "run-cannot-go-on", level: "error", why: expect.stringContaining("TMPRL1100") as string },
    ]);
    expect(await worker.engine.runStatus(runId)).toBe("running");
  }

  const { taskQueue } = worker;
  await worker.stop();
  worker = await startTestWorker(fixture, address, { taskQueue });
  for (const { runId } of [asked, moving]) expect((await fixture.until(runId, "done")).waitingFor).toBeNull();
  await decided;
  const posts = (await fixture.lab.faults.journal()).filter(
    ({ method, path }) => method === "POST" && path.endsWith("/lxc"),
  );
  expect(posts.map(({ vmid }) => vmid).sort()).toEqual([350, 351]);
});
