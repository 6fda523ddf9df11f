// Faults 5, 6, 7, 8, 10, 32, 36: the worker, Temporal and PostgreSQL killed, frozen, lost and cut off, each with work under way.
import { cp, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import {
  type Clicked,
  create,
  inStep,
  offerTemplate,
  operate,
  output,
  posts,
  runIs,
  scriptRuns,
  slowScript,
} from "./src/scenario";
import { recover } from "./src/recover";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

let world: World;
let template: string;
let long: string;
beforeAll(async () => {
  world = await openWorld({ ownPostgres: true, ownTemporal: true });
  // The faults are to meet many steps at once, not a queue.
  await world.db.proxmoxNode.updateMany({ data: { createsAtOnce: 32, tasksAtOnce: 64 } });
  template = await offerTemplate(world);
  long = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 25)] });
  await world.plantStranger(7_000, { running: true });
}, 600_000);
afterEach((context) => recover(world, context));
afterAll(() => world.close());

const temporal = () => own(world.temporal.own);
const postgres = () => own(world.database.own);

test("5 · SIGTERM with twenty steps in flight: handed over within its time, the scripts go on, nothing is begun again", async () => {
  const runs: Clicked[] = [];
  for (let click = 0; click < 20; click += 1) runs.push(await create(world, long));
  await Promise.all(runs.map(({ runId }) => scriptRuns(world, runId, "long")));
  const stopping = world.workers.at(-1)?.stop();
  const { code, tookMs } = (await stopping) ?? { code: null, tookMs: Number.POSITIVE_INFINITY };
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(20_000);
  await world.startWorker();
  for (const { runId } of runs) await runIs(world, runId, "done", 120_000);
  await expectInvariants(world);
});

test("6 · Temporal killed with -9 again and again while people click: no acknowledged click is lost, none is done twice", async () => {
  const clicks: { runId: string; containerId: string }[] = [];
  for (let kill = 0; kill < 5; kill += 1) {
    const before = await world.db.run.count();
    const clicking = Promise.all([create(world, template), create(world, template)]);
    await until("a click arrived", async () => (await world.db.run.count()) > before);
    await temporal().kill();
    await temporal().start();
    clicks.push(...(await clicking));
  }
  for (const { runId, containerId } of clicks) {
    await runIs(world, runId, "done", 150_000);
    expect(await posts(world, { containerId })).toBe(1);
  }
  await expectInvariants(world);
});

test("7 · clicks while Temporal is down: accepted, queued, and done once when it is back", async () => {
  await temporal().stop();
  const { runId, containerId } = await create(world, template);
  expect((await world.ada.ask("runs.get", { id: runId }, (caller) => caller.runs.get({ id: runId }))).state).toBe(
    "queued",
  );
  const status = await world.ada.ask("engine.status", {}, (caller) => caller.engine.status());
  expect(status.temporal.ok).toBe(false);
  await temporal().start();
  await runIs(world, runId, "done", 120_000);
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("8 · Temporal's data put back from before: what runs since then is found and gone on with, nothing is created again", async () => {
  const dir = temporal().dir;
  const kept = path.join(world.dir, "temporal-yesterday");
  await temporal().stop();
  await copyData(dir, kept);
  await temporal().start();

  const before = await create(world, template);
  await runIs(world, before.runId, "done", 120_000);
  const during = await create(world, long);
  await scriptRuns(world, during.runId, "long");

  await temporal().kill();
  await copyData(kept, dir);
  await temporal().start();
  await runIs(world, during.runId, "done", 180_000);
  for (const { containerId } of [before, during]) expect(await posts(world, { containerId })).toBe(1);
  const stop = await operate(world.ada, "stop", before.containerId);
  await runIs(world, stop.runId, "done", 90_000);
  const lost = (await world.db.run.findMany({ select: { id: true } })).map(({ id }) => id);
  await expectInvariants(world, { lostWorkflows: lost });
});

test("10 · PostgreSQL killed with -9 and away for ten seconds in the middle of scripts: said clearly, then gone on with", async () => {
  const { runId } = await create(world, long);
  await scriptRuns(world, runId, "long");
  await postgres().kill();
  await expect(create(world, template)).rejects.toThrow();
  const away = Date.now() + 10_000;
  await until("ten seconds", () => Date.now() > away, 20_000);
  await postgres().start();
  const again = await until("a click is taken again", () => create(world, template).catch(() => undefined));
  for (const id of [runId, again.runId]) await runIs(world, id, "done", 120_000);
  expect(world.workers.at(-1)?.alive()).toBe(true);
  await expectInvariants(world);
});

test("10 · PostgreSQL behind a firewall that drops everything: no wrong state, and on it goes", async () => {
  const { runId } = await create(world, long);
  await scriptRuns(world, runId, "long");
  world.wires.postgres.blackHole();
  const away = Date.now() + 8_000;
  await until("eight seconds", () => Date.now() > away, 20_000);
  world.wires.postgres.heal();
  await runIs(world, runId, "done", 150_000);
  await expectInvariants(world);
});

test("32 · a worker frozen until another one took its steps over: once awake it writes nothing and begins nothing", async () => {
  const talks = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 150)] });
  const { runId, containerId } = await create(world, talks);
  await scriptRuns(world, runId, "long");
  const zombie = world.workers.at(-1);
  zombie?.freeze();
  await world.startWorker();
  await until(
    "another worker took the step over",
    async () => {
      const step = await world.db.runStep.findUniqueOrThrow({ where: { runId_name: { runId, name: "script-long" } } });
      return step.tries > 1;
    },
    90_000,
  );
  zombie?.thaw();
  await runIs(world, runId, "done", 120_000);
  await zombie?.stop();
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("36 · the dashboard's LISTEN connection lost again and again, and a browser that was away: everything arrives, once", async () => {
  const { runId } = await create(world, long);
  await inStep(world, runId, "create");
  const seen: string[] = [];
  let lastEventId: string | null = null;
  let over = false;
  const visit = async (): Promise<void> => {
    const stream: AsyncIterable<unknown> = await world.ada.ask("runs.watch", { id: runId, lastEventId }, (caller) =>
      caller.runs.watch({ id: runId, lastEventId }),
    );
    let events = 0;
    for await (const event of stream) {
      // tRPC's tracked(): [id, data, symbol]
      const [id, data] = event as [
        string,
        { type: "run"; run: { state: string } } | { type: "log"; lines: { id: string }[] },
      ];
      lastEventId = id;
      if (data.type === "log") seen.push(...data.lines.map((line) => line.id));
      else over = data.run.state === "done";
      events += 1;
      if (over || events > 12) return;
      if (events % 4 === 0) world.wires.dashboardPostgres.cut();
    }
  };
  await until("the whole run was seen", async () => {
    // A visit that meets the cut itself is refused, and the browser comes again with the last id that it has.
    await visit();
    return over;
  });
  const rows = await world.db.runLog.findMany({ where: { runId }, orderBy: { id: "asc" }, select: { id: true } });
  const last = BigInt(seen.at(-1) ?? 0);
  expect(seen).toEqual(rows.map(({ id }) => String(id)).filter((id) => BigInt(id) <= last));
  expect(await output(world, runId, "script-long")).toContain("END long");
  await expectInvariants(world, {
    lostWorkflows: (await world.db.run.findMany({ select: { id: true } })).map(({ id }) => id),
  });
});

async function copyData(from: string, to: string): Promise<void> {
  for (const name of (await readdir(to).catch(() => [])).filter((each) => each.startsWith("temporal.db")))
    await rm(path.join(to, name));
  await cp(from, to, {
    recursive: true,
    filter: (source) => source === from || path.basename(source).startsWith("temporal.db"),
  });
}

function own<T>(server: T | undefined): T {
  if (server === undefined) throw new Error("this world shares its servers");
  return server;
}
