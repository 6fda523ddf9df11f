import type { LiveTopic } from "@homeport/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHub, type StreamHandlers } from "./hub";
import { MAX_TOPICS, type LiveMessage } from "./protocol";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server that remembers its streams, and readers that remember what they heard. */
function world() {
  const streams: (StreamHandlers & { topics: LiveTopic[]; open: boolean })[] = [];
  const hub = createHub((topics, handlers) => {
    const stream = { ...handlers, topics, open: true };
    streams.push(stream);
    return () => {
      stream.open = false;
    };
  });
  const read = (topic: LiveTopic) => {
    const heard: LiveMessage[] = [];
    const stop = hub.subscribe(topic, (message) => {
      heard.push(message);
    });
    return {
      stop,
      data: () => heard.flatMap((one) => (one.type === "data" ? [one.data] : [])),
      types: () => heard.map((one) => (one.type === "state" ? one.state : one.type)),
    };
  };
  const settle = (): void => {
    vi.advanceTimersByTime(50);
  };
  const latest = () => {
    const stream = streams.at(-1);
    if (stream === undefined) throw new Error("no stream was opened");
    return stream;
  };
  return { hub, streams, read, settle, latest, open: () => streams.filter((one) => one.open).length };
}

const run = (id: string, after?: string): LiveTopic => ({
  path: "runs.watch",
  id,
  ...(after === undefined ? {} : { after }),
});
const containers: LiveTopic = { path: "containers.watch", projectId: "lab" };
const tick = (n: number) => ({ at: new Date(n) });
const line = (text: string) => ({ type: "log", text }) as never;

test("all who watch share one connection, and the same topic is asked for once", () => {
  const { read, settle, latest, streams, open } = world();
  const readers = [read(containers), read({ path: "nodes.watch" }), read(containers), read(run("a"))];
  settle();
  expect([streams.length, open()]).toEqual([1, 1]);
  expect(latest().topics).toEqual([containers, { path: "nodes.watch" }, run("a")]);
  latest().onEvent({ at: 0, type: "data", data: tick(1) });
  expect(readers.map((one) => one.data())).toEqual([[tick(1)], [], [tick(1)], []]);
});

test("who joins a topic that is watched already hears its last event at once, as what changed before may not be on the page", () => {
  const { read, settle, latest, streams } = world();
  read(containers);
  settle();
  latest().onEvent({ at: 0, type: "data", data: tick(1) });
  const late = read(containers);
  expect(late.data()).toEqual([tick(1)]);
  settle();
  expect(streams.length).toBe(1);
});

test("who joins hears that something changed, not what changed last", () => {
  const { read, settle, latest } = world();
  read(containers);
  settle();
  latest().onEvent({ at: 0, type: "data", data: { ...tick(1), containerIds: ["one"], seenOnly: true } });
  expect(read(containers).data()).toEqual([tick(1)]);
});

test("each reader of a list that is sent has its own, and goes on from what it has", () => {
  const { read, settle, latest } = world();
  const list = (after?: string): LiveTopic => ({
    path: "containers.changes",
    projectId: "lab",
    ...(after === undefined ? {} : { after }),
  });
  const [one, other] = [read(list("abc")), read(list())];
  settle();
  expect(latest().topics).toEqual([list("abc"), list()]);
  const changes = { type: "reread" } as const;
  latest().onEvent({ at: 1, type: "data", id: "def", data: changes });
  expect([one.data(), other.data()]).toEqual([[], [changes]]);
  read(containers);
  settle();
  expect(latest().topics).toEqual([list("abc"), list("def"), containers]);
});

test("when something more is watched the others go on after their last event: nothing is lost, nothing comes twice", () => {
  const { read, settle, latest, open, streams } = world();
  const first = read(run("a"));
  settle();
  const before = latest();
  before.onState("pending");
  before.onEvent({ at: 0, type: "data", id: "3.7", data: line("one") });
  read(run("b", "2.2"));
  settle();
  expect(latest().topics).toEqual([run("a", "3.7"), run("b", "2.2")]);
  before.onEvent({ at: 0, type: "data", id: "3.8", data: line("late: the new stream brings it") });
  latest().onEvent({ at: 0, type: "data", id: "3.8", data: line("two") });
  expect(first.data()).toEqual([line("one"), line("two")]);
  expect(first.types()).not.toContain("lost");
  expect([open(), streams.length]).toEqual([1, 2]);
});

test("a handover is no break of the connection, unless the new stream does not come", () => {
  const { read, settle, latest } = world();
  const first = read(run("a"));
  settle();
  latest().onState("connecting");
  latest().onState("pending");
  read(run("b"));
  settle();
  latest().onState("connecting");
  expect(first.types()).toEqual(["connecting", "pending"]);
  vi.advanceTimersByTime(2_100);
  expect(first.types()).toEqual(["connecting", "pending", "connecting"]);
});

test("what nobody watches any more is left out, and without anybody the connection is closed", () => {
  const { read, settle, latest, open } = world();
  const [a, b] = [read(run("a")), read(run("b"))];
  settle();
  a.stop();
  vi.advanceTimersByTime(4_000);
  expect(latest().topics).toEqual([run("b")]);
  b.stop();
  settle();
  expect(open()).toBe(0);
});

test("a topic that is refused ends for those who asked for it, and for nobody else", () => {
  const { read, settle, latest } = world();
  const [foreign, own] = [read(run("foreign")), read(run("own"))];
  settle();
  latest().onEvent({ at: 0, type: "refused", code: "NOT_FOUND", message: "There is no such run." });
  latest().onEvent({ at: 1, type: "data", id: "1.1", data: line("mine") });
  expect(foreign.types().at(-1)).toBe("refused");
  expect(own.data()).toEqual([line("mine")]);
  read(containers);
  settle();
  expect(latest().topics).toEqual([run("own", "1.1"), containers]);
});

test("more than the server takes: the newest are served, the oldest hear why not", () => {
  const { read, settle, latest } = world();
  const readers = Array.from({ length: MAX_TOPICS + 1 }, (_, n) => read(run(`r${n}`)));
  settle();
  expect(latest().topics.length).toBe(MAX_TOPICS);
  expect(readers.map((one) => one.types().includes("refused")).indexOf(true)).toBe(0);
  expect(readers.filter((one) => one.types().includes("refused")).length).toBe(1);
});

test("a broken stream is opened again, later each time, and at once in step when it works", () => {
  const { read, settle, latest, streams } = world();
  read(run("a"));
  settle();
  for (const waits of [500, 1_000, 2_000]) {
    const count = streams.length;
    latest().onEnd(false);
    vi.advanceTimersByTime(waits - 10);
    expect(streams.length).toBe(count);
    vi.advanceTimersByTime(20);
    expect(streams.length).toBe(count + 1);
  }
  latest().onEvent({ at: 0, type: "data", id: "1.1", data: line("x") });
  latest().onEnd(false);
  vi.advanceTimersByTime(520);
  expect(latest().topics).toEqual([run("a", "1.1")]);
});

test("when the session has ended nothing is asked for any more, until the person has signed in again", () => {
  const { hub, read, settle, latest, streams, open } = world();
  const first = read(run("a"));
  settle();
  latest().onEvent({ at: 0, type: "data", id: "1.1", data: line("x") });
  latest().onEnd(true);
  const late = read(containers);
  vi.advanceTimersByTime(60_000);
  expect([first.types().at(-1), late.types(), streams.length, open()]).toEqual(["ended", ["ended"], 1, 0]);
  hub.resume();
  settle();
  expect(latest().topics).toEqual([run("a", "1.1"), containers]);
});

test("at sign-out the stream is closed, and what was on its way reaches nobody", () => {
  const { hub, read, settle, latest, open } = world();
  const first = read(run("a"));
  settle();
  hub.stop();
  expect(open()).toBe(0);
  latest().onEvent({ at: 0, type: "data", id: "1.1", data: line("x") });
  expect(first.data()).toEqual([]);
});
