// Faults 14, 15, 16, 17, 18, 19, 20, 21, 22, 29, 39: a node that loses power, space, quorum or trust, and answers nonsense.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { expectInvariants } from "./src/evidence";
import {
  create,
  decide,
  holdCreate,
  inStep,
  offerTemplate,
  output,
  posts,
  runIs,
  script,
  scriptRuns,
  slowScript,
  type Clicked,
} from "./src/scenario";
import { recover } from "./src/recover";
import { until } from "@homeport/testing/until";
import { openWorld, type World } from "./src/world";

let world: World;
let template: string;
let vmid = 4_000;
const next = (): number => (vmid += 1);
beforeAll(async () => {
  world = await openWorld();
  template = await offerTemplate(world);
  await world.plantStranger(7_000, { running: false });
}, 600_000);
afterEach((context) => recover(world, context));
afterAll(() => world.close());

test("14 · power lost in the create, its lock left behind: unlocked, cleared away, made again", async () => {
  const taken = next();
  await world.lab.faults.dieTask({ type: "vzcreate", vmid: taken });
  const { runId, containerId } = await create(world, template, { vmid: taken });
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(2);
  expect(await output(world, runId, "create", "homeport")).toContain("cleared away");
  await expectInvariants(world);
});

test("15 · power lost after the create, before the start: the same guest is started when the node is back", async () => {
  const taken = next();
  await world.lab.faults.delayTask({ type: "vzstart", vmid: taken, delayMs: 6_000 });
  const { runId, containerId } = await create(world, template, { vmid: taken });
  await inStep(world, runId, "start");
  await world.lab.faults.rebootNode({ downMs: 1_500 });
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test.each([true, false])(
  "16 · the node rebooted in a script that may be repeated (%s): run again only then, else asked",
  async (repeatable) => {
    const long = await offerTemplate(world, {
      packages: [],
      scripts: [slowScript("long", 15, { repeatable }), script("after")],
    });
    const { runId, containerId } = await create(world, long);
    await scriptRuns(world, runId, "long");
    await world.lab.faults.rebootNode({ downMs: 1_000 });
    const { vmid: taken } = await world.db.container.findUniqueOrThrow({ where: { id: containerId } });
    const run = await runIs(
      world,
      runId,
      repeatable ? ["done", "done_with_warnings", "awaiting_decision"] : "awaiting_decision",
    );
    if (!repeatable) expect(run.error).toContain("interrupted");
    expect(run.container.vmid).toBe(taken);
    if (run.state === "awaiting_decision") {
      await decide(world.bob, runId, "undo");
      await runIs(world, runId, "undone");
    }
    await expectInvariants(world);
  },
);

test("17 · no space left while it unpacks: asked in clear words, and undoing leaves nothing", async () => {
  await holdCreate(world);
  const { runId } = await create(world, template);
  await inStep(world, runId, "create");
  await world.lab.faults.fillStorage({ storage: "local-lvm", full: true });
  // Whoever comes now is told at the click.
  await expect(create(world, template)).rejects.toThrow(/local-lvm/);
  const run = await runIs(world, runId, "awaiting_decision");
  expect(run.error).toMatch(/full|space/);
  await world.lab.faults.fillStorage({ storage: "local-lvm", full: false });
  await decide(world.ada, runId, "undo");
  await runIs(world, runId, "undone");
  await expectInvariants(world);
});

test("17 · space made and tried again: the same run comes to its end", async () => {
  await holdCreate(world);
  const { runId } = await create(world, template);
  await inStep(world, runId, "create");
  await world.lab.faults.fillStorage({ storage: "local-lvm", full: true });
  await runIs(world, runId, "awaiting_decision");
  await world.lab.faults.fillStorage({ storage: "local-lvm", full: false });
  await decide(world.bob, runId, "retry");
  await runIs(world, runId, "done");
  await expectInvariants(world);
});

test("18 · “can't lock file … got timeout” five times, then well: waited for, nobody is asked", async () => {
  const taken = next();
  const path = `/lxc/${taken}/status/start`;
  await world.lab.faults.answerWith({
    method: "POST",
    path,
    status: 500,
    reason: `can't lock file '/run/lock/lxc/pve-config-${taken}.lock' - got timeout`,
    times: 5,
  });
  const { runId } = await create(world, template, { vmid: taken });
  const run = await runIs(world, runId, "done");
  expect(run.steps.find(({ name }) => name === "start")).toMatchObject({ attempt: 1, error: null });
  await expectInvariants(world);
});

test("19 · the cluster loses its quorum: the run waits and says so, then goes on", async () => {
  await world.lab.faults.quorum({ ok: false });
  const { runId, containerId } = await create(world, template);
  const waiting = await runIs(world, runId, "waiting");
  expect(waiting.waitingFor).toMatchObject({ on: "node", why: "no_quorum" });
  await world.lab.faults.quorum({ ok: true });
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test("20 · the token revoked in the middle of a run: asked; after it is mended it goes on, nothing is done again", async () => {
  const taken = next();
  const { runId, containerId } = await stalledInStart(taken, 3_000);
  await world.lab.faults.revokeToken();
  const run = await runIs(world, runId, "awaiting_decision");
  expect(run.error).toContain("refused the API token");
  await world.lab.faults.restoreToken();
  await decide(world.bob, runId, "retry");
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test.each(["certificate", "host key"] as const)(
  "21, 22 · another %s: everything on the node stops and nothing is sent to it until a person confirms",
  async (what) => {
    const { runId } = await stalledInStart(next(), 3_000);
    const before = (await world.lab.faults.journal()).length;
    const seen =
      what === "certificate" ? await world.lab.faults.changeCertificate() : await world.lab.faults.changeHostKey();
    world.wires.api.cut();
    world.wires.ssh.cut();
    const run = await runIs(world, runId, "awaiting_decision");
    expect(run.error).toContain(what === "certificate" ? "another certificate" : "another SSH host key");
    const node = await world.db.proxmoxNode.findUniqueOrThrow({ where: { id: world.nodeId } });
    expect(node).toMatchObject({
      state: "key_changed",
      [what === "certificate" ? "seenTlsFingerprint" : "seenSshHostKey"]: seen,
    });
    await expect(create(world, template)).rejects.toThrow(/changed/);
    if (what === "certificate") expect((await world.lab.faults.journal()).length).toBe(before);

    const pins = { id: world.nodeId, tlsFingerprint: world.lab.fingerprint, sshHostKey: world.lab.hostKey };
    await world.ada.ask("nodes.confirm", pins, (caller) => caller.nodes.confirm(pins));
    await until(
      "the node is online again",
      async () => (await world.db.proxmoxNode.findUniqueOrThrow({ where: { id: world.nodeId } })).state === "online",
    );
    await decide(world.ada, runId, "retry");
    await runIs(world, runId, "done");
    await expectInvariants(world);
  },
);

test("29 · the guest deleted by hand in the middle of a run: said, and never made again", async () => {
  const long = await offerTemplate(world, { packages: [], scripts: [slowScript("long", 60)] });
  const { runId, containerId } = await create(world, long);
  await scriptRuns(world, runId, "long");
  const { vmid: mine } = await world.db.container.findUniqueOrThrow({ where: { id: containerId } });
  await world.lab.faults.deleteGuest({ vmid: mine ?? 0 });
  world.wires.ssh.cut();
  const run = await runIs(world, runId, ["awaiting_decision", "failed"]);
  expect(run.error).toMatch(/not on (the )?node/);
  if (run.state === "awaiting_decision") await decide(world.ada, runId, "undo");
  await runIs(world, runId, ["undone", "failed"]);
  expect(await posts(world, { containerId })).toBe(1);
  await expectInvariants(world);
});

test.each<[string, { status: number; body: string }]>([
  ["HTML", { status: 200, body: "<html><body>502 Bad Gateway</body></html>" }],
  ["half a JSON", { status: 200, body: '{"data":{"status":"run' }],
  ["ten megabytes", { status: 200, body: `{"data":"${"x".repeat(10 * 1024 ** 2)}"}` }],
  ["another shape", { status: 200, body: '{"data":{"surprise":[1,2,3]},"more":true}' }],
])("39 · the node answers %s: a typed trouble, tried again, no crash", async (_, answer) => {
  const taken = next();
  await world.lab.faults.answerWith({ method: "GET", path: `/lxc/${taken}/config`, ...answer, times: 2 });
  await world.lab.faults.answerWith({ method: "GET", path: "/version", ...answer, times: 2 }); // the click's plan, and its run's
  const { runId, containerId } = await create(world, template, { vmid: taken });
  await runIs(world, runId, "done");
  expect(await posts(world, { containerId })).toBe(1);
  expect(world.workers.at(-1)?.alive()).toBe(true);
  await expectInvariants(world);
});

/** A run that stands in its start for so long. */
async function stalledInStart(taken: number, delayMs: number): Promise<Clicked> {
  await world.lab.faults.delayTask({ type: "vzstart", vmid: taken, delayMs });
  const clicked = await create(world, template, { vmid: taken });
  await inStep(world, clicked.runId, "start");
  return clicked;
}
