// The table of refusals: every row is shown by a test that exists, and here those that take a lost race or something that is away.
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { isAppError, type Refusal } from "@homeport/domain/error";
import { createEngine } from "@homeport/temporal/client";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createContext, memberContext, type MemberContext } from "./context";
import { explain, httpOf } from "./explain";
import { createGate } from "./gate";
import { attachGuest } from "./orphans/attach";
import { streamed } from "./streamed";
import {
  batchInput,
  finishRun,
  onlineNode,
  PASSWORD,
  person,
  readyContainer,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "./testing/fixture";
import { table, type Row } from "./testing/refusals-table";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
});
afterEach(() => {
  api.engine.away = false;
});
afterAll(() => api.close());

const root = path.resolve(import.meta.dirname, "../../..");
const inFiles = Object.entries(table as Record<string, Row>).filter(
  ([, { shown }]) => shown !== "page" && shown !== "call",
);

test.each(inFiles)("%s is shown by the test that the table names", (name, { shown, reads }) => {
  const text = readFileSync(path.join(root, shown), "utf8");
  expect(text.includes(reads) || text.includes(`"${name}"`)).toBe(true);
});

/** The row of `name` is what `call` ends with. */
async function expectRefused(name: Refusal, call: Promise<unknown>): Promise<void> {
  const thrown: unknown = await call.then(
    () => "accepted",
    (error: unknown) => error,
  );
  const explained = explain(thrown, () => undefined);
  expect(isAppError(explained.cause) ? explained.cause.refusal : explained.message).toBe(name);
  expect([httpOf(explained).status, explained.message]).toEqual([
    table[name].status,
    expect.stringContaining(table[name].reads),
  ]);
}

async function member(who: TestPerson): Promise<MemberContext> {
  const ctx = memberContext(
    await createContext({ req: { headers: new Headers({ cookie: who.jar.cookie }) }, deps: api.deps }),
  );
  if (ctx === null) throw new Error("not signed in");
  return ctx;
}

test("while the engine is away: a probe, a comparison, and whatever the client asks", async () => {
  const caller = await ada.caller();
  api.engine.away = true;
  await expectRefused("node.probe_not_started", caller.nodes.probe({ id: nodeId }));
  await expectRefused("orphan.engine_away", caller.orphans.scan());
  const plain = {
    encode: (payloads: never[]) => Promise.resolve(payloads),
    decode: (payloads: never[]) => Promise.resolve(payloads),
  };
  const noRows = {
    id: () => Promise.resolve(undefined),
    run: () => Promise.resolve(undefined),
    node: () => Promise.resolve(undefined),
  };
  const engine = createEngine({ address: "127.0.0.1:1", codec: plain, names: noRows, timeoutMs: 300 });
  await expectRefused("engine.away", engine.probe(nodeId));
  await engine.close();
});

test("what one account asks for beyond its share is refused, and nobody else", async () => {
  const deps = { ...api.deps, gate: createGate({ atOnce: 1, waiting: 0 }) };
  const bob = await person(api, "Busy");
  const [hers, his] = [await ada.caller({ deps }), await bob.caller({ deps })];
  const [first, second, other] = await Promise.allSettled([hers.nodes.list(), hers.nodes.list(), his.nodes.list()]);
  expect([first.status, other.status]).toEqual(["fulfilled", "fulfilled"]);
  await expectRefused(
    "calls.too_many",
    second.status === "rejected" ? Promise.reject(second.reason as Error) : hers.nodes.list(),
  );
  // What somebody does about their own account waits for nothing, and what waited is done for who is still signed in only.
  const later = { ...api.deps, gate: createGate({ atOnce: 1, waiting: 9 }) };
  const carla = await person(api, "Waits");
  const held = { release: (): void => undefined };
  const over = new Promise<void>((resolve) => {
    held.release = resolve;
  });
  const blocked = later.gate.pass({ account: carla.id, isProgram: false }, () => over);
  const caller = await carla.caller({ deps: later });
  const waiting = caller.nodes.list();
  expect(await caller.sessions.endOthers()).toEqual({ ended: 0 });
  await api.db.session.deleteMany({ where: { user: { id: carla.id } } });
  held.release();
  await blocked;
  await expectRefused("session.ended", waiting);
  expect(await hers.nodes.list()).toEqual(first.status === "fulfilled" ? first.value : []);
});

test("a stream ends when its session was ended elsewhere", async () => {
  const bob = await person(api, "Bob");
  const ctx = await member(bob);
  let now = Date.now();
  async function* events() {
    yield 1;
    await api.db.session.deleteMany({ where: { userId: bob.id } });
    now += 11_000;
    yield 2;
  }
  const read = async (): Promise<void> => {
    for await (const _event of streamed(
      { ...ctx, clock: () => new Date(now) },
      { path: "test", signal: undefined, events },
    ));
  };
  await expectRefused("session.ended", read());
});

test("of several who change one password at once, one does and the others are told", async () => {
  const carl = await person(api, "Carl");
  const caller = await carl.caller();
  const all = await Promise.allSettled(
    Array.from({ length: 4 }, (_, index) =>
      caller.auth.changePassword({ current: PASSWORD, next: `another night in the lab ${index}` }),
    ),
  );
  const lost = all.find(
    (one): one is PromiseRejectedResult =>
      one.status === "rejected" &&
      isAppError((one.reason as Error).cause) &&
      (one.reason as { cause: { refusal: string } }).cause.refusal === "password.changed_elsewhere",
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expectRefused("password.changed_elsewhere", Promise.reject(lost?.reason as Error));
});

test("no project, no sign-up", async () => {
  const dora = await person(api, "Dora");
  await api.db.organization.deleteMany({ where: { members: { some: { userId: dora.id } } } });
  await expectRefused("project.none", (await dora.caller()).projects.list());
  api.deps.config.signUp = "closed";
  expect(await (await dora.caller()).auth.signUpMode()).toEqual({ mode: "closed" });
  const asked = { name: "Eve", email: `${randomUUID()}@example.com`, password: PASSWORD };
  await expectRefused(
    "sign_up.closed",
    (await dora.caller()).auth.signUp(asked).finally(() => {
      api.deps.config.signUp = "open";
    }),
  );
  expect(await (await dora.caller()).auth.signUpMode()).toEqual({ mode: "open" });
});

test("a batch is not begun anew on a node that is not in order", async () => {
  const own = await onlineNode(api, ada, "again");
  const { batchId } = await (await ada.caller()).batches.create(batchInput(own, revisionId, "again-1"));
  const [run] = await api.db.run.findMany({ where: { batchId } });
  await finishRun(api, run?.id ?? "", "failed");
  await api.db.container.updateMany({ where: { runs: { some: { batchId } } }, data: { lifecycle: "failed" } });
  await api.db.proxmoxNode.update({ where: { id: own }, data: { state: "unverified" } });
  await expectRefused(
    "batch.again",
    (await ada.caller()).batches.retryFailed({ id: batchId, requestKey: randomUUID() }),
  );
});

test("a guest is not attached without its ownership tag, to a container that is alive, from a config that cannot be read, or on a VMID of another", async () => {
  const ctx = await member(ada);
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "alive",
    vmid: 190,
  });
  const facts = (marker: string | null, config: Record<string, string>) =>
    ({ marker, config }) as Parameters<typeof attachGuest>[2]["guest"]["facts"]; // all of it that is read here
  const attach = (marker: string | null, config: Record<string, string> = {}) =>
    api.db.$transaction((transaction) =>
      attachGuest(ctx, transaction, {
        guest: { nodeId, vmid: 191, facts: facts(marker, config) },
        projectId: ada.projectId,
        lifecycle: "ready",
      }),
    );
  await expectRefused("orphan.unmarked", attach(null));
  await expectRefused("orphan.alive", attach(containerId));
  await expectRefused("orphan.unreadable", attach(randomUUID(), { hostname: "not a host name", cores: "many" }));
  const config = {
    hostname: "lost",
    cores: "2",
    memory: "1024",
    swap: "0",
    rootfs: "local-lvm:vm-190-disk-0,size=8G",
    net0: "name=eth0,bridge=vmbr0,ip=dhcp",
    unprivileged: "1",
  };
  const orphan = await api.db.orphan.create({
    data: {
      kind: "guest_without_row",
      subject: `guest:${nodeId}:190`,
      userId: ada.id,
      nodeId,
      vmid: 190,
      facts: { hostname: "lost", config, marker: randomUUID(), madeBy: "this" },
    },
  });
  await expectRefused(
    "orphan.vmid_taken",
    (await ada.caller()).orphans.settle({
      id: orphan.id,
      projectId: ada.projectId,
      action: "adopt",
      requestKey: randomUUID(),
    }),
  );
});
