// Faults 23, 24, 25, 26, 27, 28: scripts on a line that breaks, scripts that misbehave, and runs that are taken back.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import {
  cancel,
  create,
  decide,
  inStep,
  offerTemplate,
  operate,
  output,
  posts,
  runIs,
  script,
  scriptRuns,
  slowScript,
} from "./src/scenario";
import { recover } from "./src/recover";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

let world: World;
let template: string;
/** Runs whose stored output is by design not the script's bytes. */
const changed: string[] = [];
beforeAll(async () => {
  world = await openWorld();
  template = await offerTemplate(world);
  await world.plantStranger(7_000);
});
afterEach((context) => recover(world, context));
afterAll(() => world.close());

const check = (): Promise<void> => expectInvariants(world, { changedOutput: changed });

test("23 · SSH cut again and again in the middle of a script: found again by its unit, no line lost or doubled", async () => {
  const talking = Array.from({ length: 40 }, (_, line) => `log line ${line}\n# lab: sleep 300ms`).join("\n");
  const chatty = await offerTemplate(world, { packages: [], scripts: [script("chatty", talking)] });
  const { runId } = await create(world, chatty);
  await scriptRuns(world, runId, "chatty");
  for (let lines = 5; lines <= 30; lines += 5) {
    await until(`line ${lines}`, async () => (await output(world, runId, "script-chatty")).includes(`line ${lines}\n`));
    world.wires.ssh.cut();
  }
  await runIs(world, runId, "done");
  await check();
});

test("23 · SSH away while a script runs: waiting for the node, then its end and exit code as they were", async () => {
  const long = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 10)] });
  const { runId } = await create(world, long);
  await scriptRuns(world, runId, "long");
  world.wires.ssh.refuse();
  const waiting = await runIs(world, runId, "waiting");
  expect(waiting.waitingFor).toMatchObject({ on: "node", why: expect.stringMatching(/^ssh_/) as string });
  world.wires.ssh.heal();
  await runIs(world, runId, "done");
  await check();
});

test("23 · SSH cut in the middle of an upload: the file is whole or not there, and in the end whole", async () => {
  const content = Array.from(
    { length: 4_000 },
    (_, line) => `line ${line} of a file that takes several packets\n`,
  ).join("");
  const large = await offerTemplate(world, {
    packages: [],
    files: [{ target: "/srv/large", content }],
    scripts: [script("look", '[ "$(sha256sum < /srv/large)" ] && log seen')],
  });
  world.wires.ssh.shape({ bytesPerSecond: 120_000 });
  const { runId } = await create(world, large);
  await inStep(world, runId, "files");
  // Each cut meets another place in the upload, which begins anew after each.
  await world.wires.ssh.cutAfterAsked(60_000);
  await world.wires.ssh.cutAfterAsked(110_000);
  world.wires.ssh.shape({});
  const { container } = await runIs(world, runId, "done");
  expect(
    await world.lab.faults
      .journal()
      .then(
        (entries) =>
          entries.filter(
            ({ vmid, params }) => vmid === container.vmid && (params.argv ?? "").includes("put /srv/large"),
          ).length,
      ),
  ).toBeGreaterThan(0);
  await check();
});

test("24 · a line of 100 ms and 48 KB/s to the node: slower, and nothing twice", async () => {
  world.wires.api.shape({ latencyMs: 100, bytesPerSecond: 48_000 });
  world.wires.ssh.shape({ latencyMs: 100, bytesPerSecond: 48_000 });
  const { runId, containerId } = await create(world, template);
  await runIs(world, runId, "done", 270_000);
  expect(await posts(world, { containerId })).toBe(1);
  await check();
});

test("25 · a package mirror that answers 503: asked, with the end of its log", async () => {
  const mirror = await offerTemplate(world, {
    packages: [],
    scripts: [
      script("install", "log E: Failed to fetch http://deb.debian.org/debian 503 Service Unavailable\n# lab: exit 100"),
    ],
  });
  const { runId } = await create(world, mirror);
  const run = await runIs(world, runId, "awaiting_decision");
  expect(run.error).toMatch(/exit code 100.*503 Service Unavailable/);
  await decide(world.bob, runId, "undo");
  await runIs(world, runId, "undone");
  await check();
});

test("26 · a script that ends with 1: asked; another one prints 8 MiB: kept up to its limit, and said so", async () => {
  const loud = await offerTemplate(world, {
    packages: [],
    scripts: [script("loud", "# lab: output 8MB"), script("bad", "fail it is broken")],
  });
  const { runId } = await create(world, loud);
  changed.push(runId);
  const run = await runIs(world, runId, "awaiting_decision");
  expect(run.error).toContain("exit code 1");
  const kept = await output(world, runId, "script-loud");
  expect(Buffer.byteLength(kept)).toBeLessThan(6 * 1024 ** 2);
  await decide(world.ada, runId, "undo");
  await runIs(world, runId, "undone");
  await check();
});

test("26 · zero bytes, control sequences and half characters: stored as harmless text", async () => {
  const bell = "\u001b[2J\u001b]0;owned\u0007\u001b[31m";
  const noisy = await offerTemplate(world, {
    packages: [],
    scripts: [script("noisy", `printf 'a\\0b${bell}red\\n'\nlog after`)],
  });
  const { runId } = await create(world, noisy);
  changed.push(runId);
  await runIs(world, runId, ["done", "done_with_warnings"]);
  const kept = await output(world, runId, "script-noisy");
  expect(kept).toContain("after");
  expect(kept).not.toContain("\0");
  expect(kept).not.toContain("\u001b]0;");
  await check();
});

test("26 · a script that hangs is ended after its minutes, with all that it started", async () => {
  const hangs = await offerTemplate(world, {
    packages: [],
    scripts: [script("hangs", "# lab: sleep 60m", { timeoutMinutes: 1 })],
  });
  const { runId } = await create(world, hangs);
  const run = await runIs(world, runId, "awaiting_decision", 150_000);
  expect(run.error).toContain("longer than its 1 minute");
  await cancel(world.bob, runId);
  await runIs(world, runId, "cancelled");
  await check();
});

test("27 · cancelled, and the worker killed in the middle of taking it back: taken back once, the VMID free at the end", async () => {
  const long = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 120)] });
  const { runId, containerId } = await create(world, long);
  await scriptRuns(world, runId, "long");
  const { vmid } = await world.db.container.findUniqueOrThrow({ where: { id: containerId } });
  // An earlier scenario may have had this VMID.
  const before = await destroys(vmid);
  await world.lab.faults.delayTask({ type: "vzdestroy", vmid: vmid ?? 0, delayMs: 8_000 });
  await cancel(world.ada, runId);
  await until("the destroy began", async () => (await destroys(vmid)) > before);
  await expect(cancel(world.bob, runId)).rejects.toThrow(/cancelled/);
  expect((await world.db.container.findUniqueOrThrow({ where: { id: containerId } })).vmid).toBe(vmid);
  await world.workers.at(-1)?.kill();
  await world.startWorker();
  const run = await runIs(world, runId, "cancelled");
  expect(await destroys(vmid)).toBe(before + 1);
  expect(run.container.lifecycle).toBe("deleted");
  await check();
});

test("28 · the node is away while a run is taken back, then refuses it: clean-up pending, never “deleted”, and done at last", async () => {
  const failing = await offerTemplate(world, { packages: [], scripts: [script("bad", "fail no")] });
  const { runId, containerId } = await create(world, failing);
  const {
    container: { vmid },
  } = await runIs(world, runId, "awaiting_decision");
  world.wires.api.refuse();
  await decide(world.ada, runId, "undo");
  const waiting = await runIs(world, runId, "waiting");
  expect(waiting.waitingFor).toMatchObject({ on: "cleanup" });
  await world.lab.faults.failTask({ type: "vzdestroy", vmid: vmid ?? 0, error: "device is busy", times: 3 });
  world.wires.api.heal();
  await until("the node refused it three times", async () => (await destroys(vmid)) >= 3);
  expect((await world.db.container.findUniqueOrThrow({ where: { id: containerId } })).lifecycle).toBe("deleting");
  await runIs(world, runId, "undone", 120_000);
  await check();
});

test("28 · a container that cannot be destroyed is never called deleted; it is when it is gone", async () => {
  const { runId, containerId } = await create(world, template);
  const {
    container: { vmid },
  } = await runIs(world, runId, "done");
  await world.lab.faults.failTask({ type: "vzdestroy", vmid: vmid ?? 0, error: "device is busy", times: 20 });
  const destroy = await operate(world.ada, "destroy", containerId);
  const run = await runIs(world, destroy.runId, "awaiting_decision", 120_000);
  expect(run.container.lifecycle).not.toBe("deleted");
  await world.lab.faults.reset();
  await decide(world.bob, destroy.runId, "retry");
  expect((await runIs(world, destroy.runId, "done")).container.lifecycle).toBe("deleted");
  await check();
});

async function destroys(vmid: number | null): Promise<number> {
  const journal = await world.lab.faults.journal();
  return journal.filter((entry) => entry.method === "DELETE" && entry.vmid === vmid && entry.status === 200).length;
}
