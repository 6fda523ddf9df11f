// Watching a run: everything once and in order, whatever breaks, whoever writes at the same time.
import pg from "pg";
import type { Db } from "@homeport/db/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  onlineNode,
  person,
  readyContainer,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { readRunLog } from "../run-log";
import { createContext, memberContext } from "../context";
import type { RunEvent } from "./watch";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  nodeId = await onlineNode(api, ada, "pve");
  revisionId = await template(api);
});
afterAll(() => api.close());

let made = 0;
async function newRun(revision = revisionId) {
  made += 1;
  const { runId } = await (await ada.caller()).containers.create(containerInput(nodeId, revision, `watched-${made}`));
  const steps = await api.db.runStep.findMany({ where: { runId }, orderBy: { position: "asc" } });
  return { runId, stepIds: steps.map(({ id }) => id) };
}

/** What a browser has: the id of its last event, the run as last sent, all text it was sent. */
function reader(runId: string) {
  const seen = {
    lastEventId: undefined as string | undefined,
    versions: [] as number[],
    texts: [] as string[],
    state: "",
  };
  const read = async (until: () => boolean): Promise<void> => {
    const stream = await (await ada.caller()).runs.watch({ id: runId, lastEventId: seen.lastEventId });
    for await (const event of stream) {
      // tRPC's types say {id, data}; in one process the value is the envelope itself, [id, data, symbol].
      const [id, data] = event as unknown as [string, RunEvent];
      seen.lastEventId = id;
      if (data.type === "run") {
        seen.versions.push(data.run.version);
        seen.state = data.run.state;
      } else seen.texts.push(...data.lines.map(({ text }) => text));
      if (until()) return;
    }
  };
  return { seen, read };
}

const write = (runId: string, stepId: string, texts: readonly string[]) => writeFrom(0, { runId, stepId }, texts);
const writeFrom = (from: number, { runId, stepId }: { runId: string; stepId: string }, texts: readonly string[]) =>
  api.db.runLog.createMany({
    data: texts.map((text, i) => ({ runId, stepId, attempt: 1, stream: "output", byteOffset: BigInt(from + i), text })),
  });

test("first the run, then the whole log in pieces, then what is new", async () => {
  const { runId, stepIds } = await newRun();
  const texts = Array.from({ length: 1_234 }, (_, i) => `line ${i}\n`);
  await write(runId, stepIds[0] ?? "", texts);
  const { seen, read } = reader(runId);
  const following = read(() => seen.texts.length === 1_236 && seen.state === "running");
  await expect.poll(() => seen.texts.length).toBe(1_234);
  expect(seen.versions).toEqual([0]);
  await write(runId, stepIds[1] ?? "", ["more\n", "most\n"]);
  await api.db.run.update({ where: { id: runId }, data: { state: "running", version: { increment: 1 } } });
  await following;
  expect(seen.texts).toEqual([...texts, "more\n", "most\n"]);
});

test("of a log that grows only what is new is read, and who may read it", async () => {
  const { runId, stepIds } = await newRun();
  const asked: string[] = [];
  const db = api.db.$extends({
    query: {
      $allModels: {
        $allOperations: ({ model, args, query }) => {
          asked.push(model);
          return query(args);
        },
      },
    },
  });
  const deps = { ...api.deps, db: db as unknown as Db }; // the same client, with a counter
  const stream = (await (await ada.caller({ deps })).runs.watch({ id: runId }))[Symbol.asyncIterator]();
  await stream.next();
  for (let piece = 0; piece < 3; piece++) {
    asked.length = 0;
    const next = stream.next();
    await writeFrom(piece, { runId, stepId: stepIds[0] ?? "" }, ["a line\n"]);
    await next;
    // At the first it has just read what there was; a wake of the piece before may come late, and finds nothing.
    if (piece > 0) expect([...new Set(asked)]).toEqual(["RunLog", "Project"]);
  }
  await stream.return?.();
});

test("many writers at once and a reader that breaks off again and again: no gap, no double", async () => {
  const { runId, stepIds } = await newRun();
  const writers = stepIds.slice(0, 4);
  const each = 60;
  const writing = Promise.all(
    writers.map(async (stepId, w) => {
      for (let i = 0; i < each; i += 3) {
        // In a transaction that commits a moment later, so that ids and commits could fall out of order.
        await api.db.$transaction(async (transaction) => {
          await transaction.runLog.createMany({
            data: [0, 1, 2].map((k) => ({
              runId,
              stepId,
              attempt: 1,
              stream: "output",
              byteOffset: BigInt(i + k),
              text: `${w}:${i + k}`,
            })),
          });
          await transaction.$queryRaw`SELECT pg_sleep(random() * 0.01)::text`;
        });
      }
    }),
  );
  const { seen, read } = reader(runId);
  const all = writers.length * each;
  while (seen.texts.length < all) {
    const stopAt = seen.texts.length + 25;
    await read(() => seen.texts.length >= Math.min(stopAt, all));
  }
  await writing;
  expect(new Set(seen.texts).size).toBe(all);
  expect(seen.texts).toHaveLength(all);
  for (let w = 0; w < writers.length; w += 1)
    expect(seen.texts.filter((text) => text.startsWith(`${w}:`))).toEqual(
      Array.from({ length: each }, (_, i) => `${w}:${i}`),
    );
});

test("a reader that comes back gets what it lacks, and the run only when it changed", async () => {
  const { runId, stepIds } = await newRun();
  await write(runId, stepIds[0] ?? "", ["a", "b"]);
  const { seen, read } = reader(runId);
  await read(() => seen.texts.length === 2);
  expect(seen.lastEventId).toMatch(/^0\.\d+$/);
  await writeFrom(2, { runId, stepId: stepIds[0] ?? "" }, ["c"]);
  await read(() => seen.texts.length === 3);
  expect([seen.versions, seen.texts]).toEqual([[0], ["a", "b", "c"]]);
  await api.db.run.update({
    where: { id: runId },
    data: { state: "failed", endedAt: new Date(), error: "why", version: { increment: 1 } },
  });
  await read(() => seen.state === "failed");
  expect([seen.versions, seen.texts]).toEqual([
    [0, 1],
    ["a", "b", "c"],
  ]);
});

test("what was written while the connection to the database was lost is read when it is back", async () => {
  const { runId, stepIds } = await newRun();
  const { seen, read } = reader(runId);
  const following = read(() => seen.texts.includes("after"));
  await expect.poll(() => seen.versions).toEqual([0]);
  const admin = new pg.Client({ connectionString: api.url });
  await admin.connect();
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'homeport wake' AND datname = current_database()`,
  );
  await admin.end();
  await write(runId, stepIds[0] ?? "", ["after"]);
  await following;
  expect(seen.texts).toEqual(["after"]);
});

test("the containers page is told which containers changed, and only of its own", async () => {
  const { runId } = await newRun();
  const bob = await person(api, "Bob");
  const ticks: (string[] | undefined)[] = [];
  const stream = await (await bob.caller()).containers.watch({ projectId: bob.projectId });
  const following = (async () => {
    for await (const tick of stream) {
      ticks.push(tick.containerIds);
      if (ticks.length === 2) return;
    }
  })();
  await expect.poll(() => ticks.length).toBe(1);
  await api.db.run.update({ where: { id: runId }, data: { version: { increment: 1 } } });
  const theirs = await onlineNode(api, bob, "pve");
  const { containerId } = await readyContainer(api, bob, {
    nodeId: theirs,
    templateRevisionId: revisionId,
    hostname: "bobs",
    vmid: 100,
  });
  await following;
  expect(ticks).toEqual([undefined, [containerId]]);
});

test("a node's page is told of its own nodes only", async () => {
  const bob = await person(api, "Bob");
  let ticks = 0;
  const stream = await (await bob.caller()).nodes.watch();
  const following = (async () => {
    for await (const _tick of stream) {
      ticks += 1;
      if (ticks === 2) return;
    }
  })();
  await expect.poll(() => ticks).toBe(1);
  await api.db.proxmoxNode.update({ where: { id: nodeId }, data: { stateReason: { why: "text", text: "not Bob's" } } });
  await onlineNode(api, bob, "mine");
  await following;
  expect(ticks).toBe(2);
});

test("who lost the project while they watch reads no more of its run", async () => {
  const { runId, stepIds } = await newRun();
  const bob = await person(api, "Bob");
  await api.db.projectMember.create({
    data: { projectId: ada.projectId, userId: bob.id, role: "VIEWER", inheritedFromOrg: false },
  });
  const stream = await (await bob.caller()).runs.watch({ id: runId });
  const seen: string[] = [];
  const reported = refusal(
    (async () => {
      for await (const event of stream) {
        const [, data] = event as unknown as [string, RunEvent]; // as above
        if (data.type === "log") seen.push(...data.lines.map(({ text }) => text));
        else {
          await api.db.projectMember.deleteMany({ where: { userId: bob.id, projectId: ada.projectId } });
          await write(runId, stepIds[0] ?? "", ["not for Bob\n"]);
        }
      }
    })(),
  );
  expect((await reported).code).toBe("not_found");
  expect(seen).toEqual([]);
});

test("a session that was ended elsewhere is told no more", async () => {
  const own = await startApi();
  try {
    const bob = await person(own, "Bob");
    const stream = await (await bob.caller()).nodes.watch();
    const reported = refusal(
      (async () => {
        for await (const _tick of stream) {
          own.clock.now = new Date(own.clock.now.getTime() + 11_000);
          await own.db.session.deleteMany({ where: { userId: bob.id } });
          await own.db.proxmoxNode.create({
            data: { userId: bob.id, name: "late", host: "h", tokenId: "t", tokenSecret: "s" },
          });
        }
      })(),
    );
    expect((await reported).code).toBe("unauthenticated");
  } finally {
    await own.close();
  }
});

test("runs are listed in pages that fit together", async () => {
  const caller = await ada.caller();
  const whole = (await caller.runs.list({ projectId: ada.projectId, limit: 100 })).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof caller.runs.list>> = await caller.runs.list({
      projectId: ada.projectId,
      limit: 3,
      cursor,
    });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toEqual(whole);
  expect(whole.length).toBeGreaterThan(3);
});

test("how long a step takes is what it took before", async () => {
  const slow = await template(api);
  const { runId } = await newRun(slow);
  const at = (seconds: number) => new Date(api.clock.now.getTime() + seconds * 1_000);
  await api.db.runStep.updateMany({
    where: { runId, name: "create" },
    data: { state: "done", startedAt: at(0), endedAt: at(12) },
  });
  await api.db.run.update({ where: { id: runId }, data: { state: "done", startedAt: at(0), endedAt: at(42) } });
  const { runId: next } = await newRun(slow);
  const run = await (await ada.caller()).runs.get({ id: next });
  expect(run.expectedSeconds).toBe(12);
  expect(run.steps.find(({ name }) => name === "create")?.expectedSeconds).toBe(12);
});

test("the log can be downloaded, of one step or of all", async () => {
  const { runId, stepIds } = await newRun();
  await write(runId, stepIds[3] ?? "", ["created\n"]);
  await write(runId, stepIds[1] ?? "", ["reserved\n"]);
  const ctx = memberContext(
    await createContext({ req: { headers: new Headers({ cookie: ada.jar.cookie }) }, deps: api.deps }),
  );
  if (ctx === null) throw new Error("Ada is signed in");
  const text = async (step?: string): Promise<string> => {
    let all = "";
    for await (const piece of readRunLog(ctx, { runId, step })) all += piece;
    return all;
  };
  expect(await text()).toBe("== Reserve a VMID\nreserved\n== Create the container\ncreated\n");
  expect(await text("create")).toBe("created\n");
  await expect(text("nothing")).rejects.toMatchObject({ code: "not_found" });
});
