// The database or the engine away for a while, over the whole product: every page says so, no click is lost, and nothing is restarted.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createDb, type Db } from "@homeport/db/client";
import { connectLab, type RemoteLab } from "@homeport/lab";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { homeAt } from "./stack/paths";
import { processLedger } from "./stack/processes";
import { createScreen } from "./stack/screen";
import { startStack, type Stack, type StackInfo } from "./stack/stack";
import { createNginx, signIn, until, type Product } from "./test/product";
import { claimTemporaryHome } from "./test/temporary-home";

const AWAY_MS = 20_000;
const dir = mkdtempSync(path.join(tmpdir(), "homeport-outage-"));
const home = homeAt(dir);
let stack: Stack;
let info: StackInfo;
let product: Product;
let lab: RemoteLab;
let db: Db;
let cookie: string;

beforeAll(async () => {
  claimTemporaryHome(dir);
  stack = startStack({ home, screen: createScreen(() => undefined), lab: "memory", anyPorts: true });
  info = await stack.ready;
  if (!info.demo || !info.lab.node) throw new Error("the stack came up without its lab");
  product = await signIn(info.url, info.demo);
  lab = connectLab({ stateDir: home.lab, port: info.lab.node.port });
  db = createDb(info.databaseUrl, { max: 2 });
  const answer = await fetch(`${info.url}/api/trpc/auth.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: info.url },
    body: JSON.stringify(superjson.serialize(info.demo)),
  });
  cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}, 420_000);

afterAll(async () => {
  await db.$disconnect();
  await stack.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}, 420_000);

test("PostgreSQL away for 20 s: every page is a 503 in our words, then all goes on, signed in and without a restart", async () => {
  expect((await get("/runs")).status).toBe(200);
  const before = pids("dashboard", "worker");
  const postgres = keepDown("postgres");
  const end = sleep(AWAY_MS);
  await until("the first 503", 20_000, async () => ((await get("/")).status === 503 ? true : undefined));

  for (const page of [
    "/",
    "/runs",
    `/runs/${randomUUID()}`,
    "/p/somewhere/runs",
    "/new?template=nginx",
    "/batches",
    "/sign-in",
    "/no-such-page",
  ]) {
    const answer = await get(page);
    const html = await answer.text();
    expect([page, answer.status, answer.headers.get("retry-after")]).toEqual([page, 503, "5"]);
    expect(html).toContain("The database does not answer");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expectNoSecret(html);
  }
  const health = await get("/api/health");
  expect([health.status, await health.json()]).toEqual([
    503,
    { ok: false, database: false, reason: "The database does not answer." },
  ]);
  const answer = await get("/api/trpc/containers.list");
  const text = await answer.text();
  expect(answer.status).toBe(503);
  expect(text).toContain('"appCode":"unavailable"');
  expectNoSecret(text);

  await end;
  await postgres.up();
  await until("the pages again", 60_000, async () => ((await get("/")).status === 200 ? true : undefined));
  const page = await get("/runs");
  expect([page.status, new URL(page.url).pathname]).toEqual([200, expect.stringMatching(/^\/p\/[^/]+\/runs$/)]); // not sent to sign-in
  expect((await get("/api/health")).status).toBe(200);
  const { runId } = await createNginx(product, "after-the-database");
  expect(await endOf(runId)).toBe("done");
  expect(pids("dashboard", "worker")).toEqual(before);
}, 420_000);

test("Temporal away at the click: accepted and said, then each started exactly once", async () => {
  const temporal = keepDown("temporal");
  await until("the engine's light", 20_000, async () =>
    (await product.engine.status.query()).temporal.ok ? undefined : true,
  );

  const { runId, containerId } = await createNginx(product, "while-away");
  const { spec } = await product.containers.get.query({ id: containerId });
  if (spec === null) throw new Error("the container has no spec");
  const { hostname: _hostname, network: _network, vmid: _vmid, ...rest } = spec;
  const { landing } = await product.projects.list.query();
  const { batchId } = await product.batches.create.mutate({
    projectId: landing.id,
    ...rest,
    hostnames: "away-{1..3}",
    network: { mode: "dhcp" },
    requestKey: randomUUID(),
  });
  const items = (await product.batches.get.query({ id: batchId })).items;
  expect(items.map(({ hostname, state, waitingFor }) => [hostname, state, waitingFor])).toEqual(
    [1, 2, 3].map((n) => [`away-${n}`, "queued", { on: "engine", why: "away" }]),
  );
  expect(await product.runs.get.query({ id: runId })).toMatchObject({
    state: "queued",
    waitingFor: { on: "engine", why: "away" },
  });
  expect(await (await get("/")).text()).toContain("Queued: engine unavailable");

  await temporal.up();
  expect(await Promise.all([runId, ...items.map((item) => item.runId)].map(endOf))).toEqual([
    "done",
    "done",
    "done",
    "done",
  ]);
  const created = (await lab.faults.journal()).filter(
    ({ method, path: at, status }) => method === "POST" && at === "/nodes/pve/lxc" && status === 200,
  );
  for (const hostname of ["while-away", "away-1", "away-2", "away-3"])
    expect([hostname, created.filter(({ params }) => params.hostname === hostname).length]).toEqual([hostname, 1]);
  expect((await product.batches.get.query({ id: batchId })).counts).toEqual({
    total: 3,
    ready: 3,
    working: 0,
    waiting: 0,
    failed: 0,
  });
}, 300_000);

const get = (at: string): Promise<Response> => fetch(`${info.url}${at}`, { headers: { cookie } });

function expectNoSecret(text: string): void {
  expect(text).not.toMatch(/postgresql:|ECONNREFUSED|Prisma|node_modules|\bat .+:\d+:\d+/);
  expect(text).not.toContain(new URL(info.databaseUrl).password);
}

function endOf(runId: string): Promise<string> {
  return until("the end of the run", 150_000, async () => {
    const run = await db.run.findUnique({ where: { id: runId } }).catch(() => null);
    return run !== null &&
      ["done", "done_with_warnings", "failed", "awaiting_decision", "undone", "cancelled"].includes(run.state)
      ? run.state
      : undefined;
  });
}

function pids(...names: string[]): (number | undefined)[] {
  const all = new Map(processLedger(home.pids).all());
  return names.map((name) => all.get(name)?.pid);
}

/** The launcher starts it again each time; it is killed each time, until `up`. */
function keepDown(part: string): { up(): Promise<void> } {
  const stopped = new AbortController();
  const loop = async (): Promise<void> => {
    let killed: number | undefined;
    while (!stopped.signal.aborted) {
      const [pid] = pids(part);
      if (pid !== undefined && pid !== killed) {
        killed = pid;
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It had ended already.
        }
      }
      await sleep(25);
    }
  };
  const done = loop();
  return {
    up: async () => {
      stopped.abort();
      await done;
    },
  };
}
