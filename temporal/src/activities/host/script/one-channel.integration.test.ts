// What a node pays for a run inside its guest: `pct` is begun once, whatever the template asks for, and once more after a cut.
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { Prisma } from "@homeport/db/client";
import { until } from "@homeport/testing/until";
import { decide } from "../../../testing/decide";
import { openFixture, type Fixture, type Started } from "../../../testing/fixture";
import { startTestWorker, type TestWorker } from "../../../testing/in-process-worker";
import { hold } from "../../../testing/hold";
import { readTemplate } from "../../../templates/read-template";

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

const builtIn = async (name: string) =>
  (await readTemplate(path.join(import.meta.dirname, "../../../../../templates", name))).definition;

/** `pct` as the node began it, and what was run inside. */
async function calls({ containerId }: Started) {
  const { vmid } = await fixture.db.container.findUniqueOrThrow({ where: { id: containerId } });
  const journal = await fixture.lab.faults.journal();
  return {
    pct: journal.filter((entry) => entry.path.startsWith("pct ") && (entry.vmid === vmid || entry.vmid === null)),
    inside: journal.filter((entry) => entry.method === "GUEST" && entry.vmid === vmid),
  };
}

test.each([
  ["nginx", 2],
  ["nodejs", 3],
  ["postgresql", 3],
])("%s begins pct once for everything that happens inside", async (name, scripts) => {
  const definition = await builtIn(name);
  const started = await fixture.provision({ ...definition.defaults, hostname: `one-${name}` }, definition);
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  const { pct, inside } = await calls(started);
  expect(pct.map(({ path: words, status }) => `${words} ${status}`)).toEqual(["pct exec 0"]);
  expect(inside.filter(({ params }) => (params.argv ?? "").includes("runner start "))).toHaveLength(scripts);
});

test("a connection that is cut in a script costs one more", async () => {
  const { defaults, ...definition } = await builtIn("nginx");
  const started = await fixture.provision({ ...defaults, hostname: "cut-drop-ssh" }, { ...definition, name: "cut" });
  await worker.engine.startRun(started);
  await fixture.until(started.runId, "done");
  const { pct } = await calls(started);
  expect(pct.map(({ path: words }) => words)).toEqual(["pct exec", "pct exec"]);
});

test("a stranger that has the VMID in the middle of a script is never entered", async () => {
  // What one life of the guest was asked goes on where it was asked, and the next one is somebody else's.
  const script = { name: "work", title: "Work", content: "# lab: sleep 60s\n" };
  const started = await fixture.provision({}, { packages: [], files: [], scripts: [script] });
  await worker.engine.startRun(started);
  await expect
    .poll(async () => (await calls(started)).inside.some(({ params }) => params.argv?.includes("runner start ")))
    .toBe(true);
  const { vmid } = await fixture.db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  await fixture.lab.faults.deleteGuest({ vmid: vmid ?? 0 });
  const planted = Date.now();
  await fixture.lab.faults.createForeignGuest({ vmid: vmid ?? 0, running: true });
  const { error } = await fixture.until(started.runId, "awaiting_decision");
  expect(error).toMatch(/was not created by Homeport|is not on node lab any more/);
  const { pct, inside } = await calls(started);
  expect([...pct, ...inside].filter(({ time }) => time >= planted)).toEqual([]);
  await decide(fixture, worker.engine, { runId: started.runId, decision: "undo" });
  await fixture.until(started.runId, "undone");
  expect((await calls(started)).pct.filter(({ time }) => time >= planted)).toEqual([]);
});

test("a stranger that has the VMID between two steps is never entered, however lately the guest's ownership was compared", async () => {
  const { db, lab } = fixture;
  const patient = await startTestWorker(fixture, inject("temporalAddress"), { seenMs: 300_000 });
  const scripts = ["one", "two"].map((name) => ({ name, title: name, content: `echo ${name}\n` }));
  const started = await fixture.provision({}, { packages: [], files: [], scripts });
  const letGo = await hold(
    db,
    Prisma.sql`SELECT 1 FROM "RunStep" WHERE "runId" = ${started.runId}::uuid AND "name" = 'script-two' FOR UPDATE`,
  );
  await patient.engine.startRun(started);
  await until("the first script is over, and the second waits for its row", async () => {
    const [waiting] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%RunStep%'`;
    return (waiting?.count ?? 0n) > 0n;
  });
  const { vmid } = await db.container.findUniqueOrThrow({ where: { id: started.containerId } });
  await lab.faults.deleteGuest({ vmid: vmid ?? 0 });
  const planted = Date.now();
  await lab.faults.createForeignGuest({ vmid: vmid ?? 0, running: true });
  await letGo();
  const { error } = await fixture.until(started.runId, "awaiting_decision");
  expect(error).toContain("was not created by Homeport");
  const { pct, inside } = await calls(started);
  expect([...pct, ...inside].filter(({ time }) => time >= planted)).toEqual([]);
  await decide(fixture, patient.engine, { runId: started.runId, decision: "undo" });
  await fixture.until(started.runId, "undone");
  await patient.stop();
});
