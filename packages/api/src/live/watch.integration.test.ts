// One stream for everything that a browser watches: each topic with its own right, its own cursor, its own end.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";
import type { Wake } from "../wake";
import { MOST_STREAMS } from "../streamed";
import { LiveInput, MAX_LIVE_TOPICS, TOO_MANY_TOPICS, type LiveEvent, type LiveTopic } from "./watch";

let api: TestApi;
let ada: TestPerson;
let bob: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  [ada, bob] = [await person(api, "Ada"), await person(api, "Bob")];
  nodeId = await onlineNode(api, ada, "pve");
  revisionId = await template(api);
});
afterAll(() => api.close());

async function newRun(hostname: string): Promise<string> {
  return (await (await ada.caller()).containers.create(containerInput(nodeId, revisionId, hostname))).runId;
}

/** A browser that reads until it has seen enough; answers the id of its last event. */
async function read(
  who: TestPerson,
  input: { topics: LiveTopic[]; lastEventId?: string },
  enough: (events: LiveEvent[]) => boolean | Promise<boolean>,
) {
  const events: LiveEvent[] = [];
  let last = "";
  for await (const envelope of await (await who.caller()).live.watch({ person: who.id, ...input })) {
    // tRPC's types say {id, data}; in one process the value is the envelope itself, [id, data, symbol].
    const [id, event] = envelope as unknown as [string, LiveEvent];
    last = id;
    events.push(event);
    if (await enough(events)) break;
  }
  return { events, last };
}

const write = (runId: string, texts: readonly string[], from = 0) =>
  api.db.runStep.findFirstOrThrow({ where: { runId } }).then((step) =>
    api.db.runLog.createMany({
      data: texts.map((text, i) => ({
        runId,
        stepId: step.id,
        attempt: 1,
        stream: "output",
        byteOffset: BigInt(from + i),
        text,
      })),
    }),
  );
const textsOf = (events: readonly LiveEvent[], at: number): string[] =>
  events.flatMap((one) =>
    one.at === at && one.type === "data" && "type" in one.data && one.data.type === "log"
      ? one.data.lines.map(({ text }) => text)
      : [],
  );

test("runs, containers and nodes come in one stream, each change to its topic", async () => {
  const [a, b] = [await newRun("live-a"), await newRun("live-b")];
  await Promise.all([write(a, ["a1"]), write(b, ["b1"])]);
  const topics: LiveTopic[] = [
    { path: "containers.watch", projectId: ada.projectId },
    { path: "nodes.watch" },
    { path: "runs.watch", id: a },
    { path: "runs.watch", id: b },
    { path: "containers.changes", projectId: ada.projectId },
  ];
  let more = false;
  const { events } = await read(ada, { topics }, async (seen) => {
    const all = new Set(seen.map(({ at }) => at)).size === topics.length && textsOf(seen, 3).length === 1;
    if (all && !more && textsOf(seen, 2).length === 1) {
      more = true;
      await write(a, ["a2"], 1);
    }
    return textsOf(seen, 2).length === 2;
  });
  expect(new Set(events.map(({ at }) => at))).toEqual(new Set([0, 1, 2, 3, 4]));
  expect([textsOf(events, 2), textsOf(events, 3)]).toEqual([["a1", "a2"], ["b1"]]);
});

test("a reconnect goes on after the last event of every topic; other topics begin from their own cursors", async () => {
  const [a, b] = [await newRun("again-a"), await newRun("again-b")];
  await Promise.all([write(a, ["a1"]), write(b, ["b1"])]);
  const topics: LiveTopic[] = [
    { path: "runs.watch", id: a },
    { path: "containers.watch", projectId: ada.projectId },
    { path: "runs.watch", id: b },
  ];
  // A tick about their creation may still come between them.
  const first = await read(
    ada,
    { topics },
    (seen) => seen.some(({ at }) => at === 1) && textsOf(seen, 0).length + textsOf(seen, 2).length === 2,
  );
  expect(first.last).toMatch(/^\d+\.\d+,-,\d+\.\d+$/);
  await Promise.all([write(a, ["a2"], 1), write(b, ["b2"], 1)]);
  const second = await read(
    ada,
    { topics, lastEventId: first.last },
    (seen) => textsOf(seen, 0).length + textsOf(seen, 2).length === 2,
  );
  expect([textsOf(second.events, 0), textsOf(second.events, 2)]).toEqual([["a2"], ["b2"]]);
  const [cursorA = ""] = first.last.split(",");
  const third = await read(
    ada,
    {
      topics: [
        { path: "runs.watch", id: b },
        { path: "runs.watch", id: a, after: cursorA },
      ],
    },
    (seen) => textsOf(seen, 0).length === 2 && textsOf(seen, 1).length === 1,
  );
  expect([textsOf(third.events, 0), textsOf(third.events, 1)]).toEqual([["b1", "b2"], ["a2"]]);
});

test("a foreign run is refused as one that never was, a foreign project too, and the rest of the stream goes on", async () => {
  const runId = await newRun("foreign");
  const { events } = await read(
    bob,
    {
      topics: [
        { path: "runs.watch", id: runId },
        { path: "runs.watch", id: crypto.randomUUID() },
        { path: "containers.watch", projectId: bob.projectId },
        { path: "containers.watch", projectId: ada.projectId },
        { path: "containers.changes", projectId: ada.projectId },
      ],
    },
    (seen) => seen.length === 5,
  );
  expect(events.filter(({ at }) => at < 2).map((event) => ({ ...event, at: 0 }))).toEqual(
    Array.from({ length: 2 }, () => ({
      at: 0,
      type: "refused",
      code: "NOT_FOUND",
      message: "There is no such run, or it is not yours.",
    })),
  );
  expect(events.find(({ at }) => at === 2)?.type).toBe("data");
  for (const list of [3, 4])
    expect(events.find(({ at }) => at === list)).toMatchObject({ type: "refused", code: "NOT_FOUND" });
});

test("the pages of one person open no stream with another person's cookie", async () => {
  const caller = await bob.caller();
  expect(
    await refusal(
      (async () => {
        for await (const _ of await caller.live.watch({ person: ada.id, topics: [{ path: "nodes.watch" }] })) return;
      })(),
    ),
  ).toMatchObject({ code: "unauthenticated" });
});

test("a page of one person is answered nothing, and does nothing, with another person's cookie", async () => {
  const caller = await bob.caller({ more: { "x-homeport-person": ada.id } });
  expect(await refusal(caller.containers.list({ projectId: bob.projectId }))).toMatchObject({
    code: "unauthenticated",
    message: "Another person is signed in in this browser now.",
  });
  expect(await refusal(caller.containers.create(containerInput(nodeId, revisionId, "crossed")))).toMatchObject({
    code: "unauthenticated",
  });
  expect(
    await (await bob.caller({ more: { "x-homeport-person": bob.id } })).containers.list({ projectId: bob.projectId }),
  ).toEqual([]);
});

test("more topics than anybody looks at are refused in a sentence", async () => {
  const topics: LiveTopic[] = Array.from({ length: MAX_LIVE_TOPICS + 1 }, () => ({ path: "nodes.watch" }));
  expect((await refusal(read(ada, { topics }, () => true))).fields).toEqual({ topics: TOO_MANY_TOPICS });
});

test("a list is watched once in a stream, a run by each of its readers", () => {
  const id = randomUUID();
  const watched = (...topics: LiveTopic[]): boolean => LiveInput.safeParse({ person: id, topics }).success;
  expect(
    watched(
      { path: "nodes.watch" },
      { path: "containers.watch", projectId: ada.projectId },
      { path: "runs.watch", id },
      { path: "runs.watch", id, after: "1.1" },
    ),
  ).toBe(true);
  expect(
    watched(
      { path: "containers.watch", projectId: ada.projectId },
      { path: "containers.watch", projectId: ada.projectId },
    ),
  ).toBe(false);
});

test("without anybody who reads, nothing of it is left", async () => {
  const stop = new AbortController();
  const listeners = new Set<object>();
  const subscribe: Wake["subscribe"] = (listener) => {
    const [one, end] = [{}, api.deps.wake.subscribe(listener)];
    listeners.add(one);
    return () => {
      listeners.delete(one);
      end();
    };
  };
  const deps = { ...api.deps, wake: { subscribe } };
  const runId = await newRun("left");
  const caller = await ada.caller({ deps, signal: stop.signal });
  const stream = await caller.live.watch({
    person: ada.id,
    topics: [
      { path: "containers.watch", projectId: ada.projectId },
      { path: "nodes.watch" },
      { path: "runs.watch", id: runId },
    ],
  });
  const reading = (async () => {
    for await (const _ of stream) if (listeners.size === 4) stop.abort(); // one each, and the stream's own
  })();
  await reading.catch(() => undefined);
  await expect.poll(() => listeners.size).toBe(0);
});

test("an account has so many streams at once; another is refused in a sentence, and one that ends makes room", async () => {
  const carol = await person(api, "Carol");
  const caller = await carol.caller();
  const open = async () => {
    const stream = (await caller.nodes.watch())[Symbol.asyncIterator]();
    await stream.next();
    return stream;
  };
  const streams = await Promise.all(Array.from({ length: MOST_STREAMS }, open));
  expect(await refusal(open())).toMatchObject({
    code: "too_many_requests",
    message: `${MOST_STREAMS} event streams of your account are open, which is the most at once. Close some of the browsers that it is signed in in.`,
  });
  const bobs = (await (await bob.caller()).nodes.watch())[Symbol.asyncIterator]();
  expect((await bobs.next()).done).toBe(false); // the account's, not everybody's
  await bobs.return?.();
  await streams.pop()?.return?.();
  streams.push(await open());
  for (const stream of streams) await stream.return?.();
});
