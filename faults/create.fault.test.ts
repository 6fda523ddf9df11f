// Faults 1, 2, 3, 11, 12, 13: one click makes one container, whatever happens to the worker, the answer or the VMID.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import { cancel, create, decide, holdCreate, inStep, offerTemplate, posts, runIs, settled } from "./src/scenario";
import { recover } from "./src/recover";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld();
  template = await offerTemplate(world);
  await world.plantStranger(7_000, { running: true });
}, 600_000);
afterEach((context) => recover(world, context));
afterAll(() => world.close());

test("1 · a worker killed before its POST: tried again, one container", async () => {
  await holdCreate(world);
  const { runId, containerId } = await create(world, template);
  await inStep(world, runId, "create");
  expect(await posts(world, { containerId })).toBe(0);
  await world.workers.at(-1)?.kill();
  await world.startWorker();
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("2 · a worker killed after its POST, before it knew the task: the task is found again, no second POST", async () => {
  await world.lab.faults.delayReply({ method: "POST", path: "/lxc", delayMs: 60_000 });
  const { runId, containerId } = await create(world, template);
  await until("the POST arrived", async () => (await posts(world, { containerId })) === 1);
  const step = await world.db.runStep.findUniqueOrThrow({ where: { runId_name: { runId, name: "create" } } });
  expect(step.upid).toBeNull();
  await world.workers.at(-1)?.kill();
  await world.startWorker();
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("3 · the answer of the POST is lost on the wire: the same, without a crash", async () => {
  await world.lab.faults.loseReply({ method: "POST", path: "/lxc" });
  const { runId, containerId } = await create(world, template);
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("3 · a proxy that gives up after the request went through (596): the same", async () => {
  await world.lab.faults.delayReply({ method: "POST", path: "/lxc", delayMs: 60_000 });
  const { runId, containerId } = await create(world, template);
  await until("the POST arrived", async () => (await posts(world, { containerId })) === 1);
  world.wires.api.deafen();
  world.wires.api.heal();
  world.wires.api.cut();
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("11 · the same click sent twenty times at once: one operation, one answer", async () => {
  const requestKey = randomUUID();
  const hostname = "one-of-twenty";
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => create(world, template, { requestKey, hostname })),
  );
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  await runIs(world, answers[0]?.runId ?? "", "done");
  expect(await posts(world, { containerId: answers[0]?.containerId ?? "" })).toBe(1);
  await expectInvariants(world);
});

test("12 · a VMID taken by somebody between reserve and create: another one is used, the stranger is left alone", async () => {
  await holdCreate(world);
  const { runId, containerId } = await create(world, template);
  const taken = await until(
    "a VMID is reserved",
    async () => (await world.db.container.findUniqueOrThrow({ where: { id: containerId } })).vmid ?? undefined,
  );
  await world.plantStranger(taken);
  const run = await runIs(world, runId, "done");
  expect(run.container.vmid).not.toBe(taken);
  await expectInvariants(world);
});

test("12 · a typed VMID that was taken meanwhile: the run asks, and undoing leaves the stranger alone", async () => {
  await holdCreate(world);
  const { runId } = await create(world, template, { vmid: 7_100 });
  await inStep(world, runId, "create");
  await world.plantStranger(7_100);
  const run = await runIs(world, runId, "awaiting_decision");
  expect(run.error).toContain("7100");
  await decide(world.bob, runId, "undo");
  await runIs(world, runId, "undone");
  await expectInvariants(world);
});

test("13 · a guest of another Homeport on the same cluster is a stranger", async () => {
  await holdCreate(world);
  const { runId } = await create(world, template, { vmid: 7_200 });
  await inStep(world, runId, "create");
  await world.plantStranger(7_200, { running: true, tags: "homeport-0123456789ab" });
  await runIs(world, runId, "awaiting_decision");
  await cancel(world.ada, runId);
  expect((await settled(world, runId)).state).toBe("cancelled");
  // Whoever asks for that number now is refused at the click.
  await expect(create(world, template, { vmid: 7_200 })).rejects.toThrow("VMID 7200 is taken");
  await expectInvariants(world);
});
