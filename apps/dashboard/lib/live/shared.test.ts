import type { LiveTopic } from "@homeport/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Listener, Live, LiveMessage, ToStream, ToTab } from "./protocol";
import { FORGET_MS, serve } from "./serve";
import { createShared, type StreamPort } from "./shared";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that remembers who listens, from where. */
function memoryLive() {
  const listening: { topic: LiveTopic; listener: Listener }[] = [];
  const live: Live = {
    subscribe(topic, listener) {
      const one = { topic, listener };
      listening.push(one);
      return () => {
        listening.splice(listening.indexOf(one), 1);
      };
    },
    resume: vi.fn<() => void>(),
    stop: vi.fn<() => void>(),
  };
  return {
    live,
    listening,
    send: (id: string) => {
      for (const { listener } of [...listening]) listener({ type: "data", id, data: id as never });
    },
  };
}

/** A tab whose shared stream can fall silent. */
function tab({ available = true } = {}) {
  const [shared, alone] = [memoryLive(), memoryLive()];
  const wire = { alive: true, connects: 0, forgetAll: (): void => undefined };
  let broken = (): void => undefined;
  const connect = (onBroken: () => void): StreamPort | undefined => {
    if (!available) return undefined;
    broken = onBroken;
    wire.connects += 1;
    const server = {
      postMessage: (message: ToTab) => {
        client.onmessage?.({ data: message } as MessageEvent<ToTab>);
      },
      onmessage: null as ((event: MessageEvent<ToStream>) => void) | null,
    };
    const client: StreamPort = {
      postMessage: (message) => {
        if (wire.alive) server.onmessage?.({ data: message } as MessageEvent<ToStream>);
      },
      onmessage: null,
    };
    serve(shared.live, server);
    wire.forgetAll = () => {
      server.onmessage?.({ data: { type: "unsubscribe", id: 1 } } as MessageEvent<ToStream>);
    };
    return client;
  };
  const live = createShared({ connect, alone: () => alone.live });
  const heard: LiveMessage[] = [];
  const stop = live.subscribe({ path: "runs.watch", id: "r" }, (message) => {
    heard.push(message);
  });
  return {
    live,
    shared,
    alone,
    wire,
    stop,
    breakIt: () => {
      broken();
    },
    ids: () => heard.flatMap((one) => (one.type === "data" ? [one.id] : [])),
  };
}

test("a subscription goes through the shared stream, and ends with the page", () => {
  const { shared, alone, stop, ids } = tab();
  shared.send("1.1");
  expect([ids(), shared.listening.length, alone.listening.length]).toEqual([["1.1"], 1, 0]);
  stop();
  expect(shared.listening.length).toBe(0);
});

test("a shared stream that died is begun anew, and the tab goes on after its last event", () => {
  const { shared, wire, ids } = tab();
  shared.send("1.1");
  wire.alive = false;
  shared.listening.length = 0;
  vi.advanceTimersByTime(14_000);
  wire.alive = true;
  vi.advanceTimersByTime(1_000);
  expect(wire.connects).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(shared.listening[0]?.topic).toEqual({ path: "runs.watch", id: "r", after: "1.1" });
  shared.send("1.2");
  expect(ids()).toEqual(["1.1", "1.2"]);
});

test("one that stays silent, cannot be loaded, or does not exist is replaced by a stream of the tab's own", () => {
  const silent = tab();
  silent.shared.send("1.1");
  silent.wire.alive = false;
  vi.advanceTimersByTime(40_000);
  expect(silent.alone.listening[0]?.topic).toEqual({ path: "runs.watch", id: "r", after: "1.1" });
  silent.stop();
  expect(silent.alone.listening.length).toBe(0);

  const unloadable = tab();
  unloadable.breakIt();
  unloadable.alone.send("1.1");
  expect([unloadable.ids(), unloadable.shared.listening.length]).toEqual([["1.1"], 0]);

  expect(tab({ available: false }).alone.listening.length).toBe(1);
});

test("a tab that is heard of no more is given up by the shared stream, and goes on where it was when it wakes", () => {
  const { shared, wire, ids } = tab();
  shared.send("1.1");
  wire.forgetAll(); // what FORGET_MS of silence does, below
  expect(shared.listening.length).toBe(0);
  vi.advanceTimersByTime(6_000);
  expect(wire.connects).toBe(1);
  expect(shared.listening[0]?.topic).toEqual({ path: "runs.watch", id: "r", after: "1.1" });
  shared.send("1.2");
  expect(ids()).toEqual(["1.1", "1.2"]);
});

test("subscriptions of a tab that crashed are given up", () => {
  const { live, listening } = memoryLive();
  const port = { postMessage: () => undefined, onmessage: null as ((event: MessageEvent<ToStream>) => void) | null };
  serve(live, port);
  const post = (data: ToStream): void => {
    port.onmessage?.({ data } as MessageEvent<ToStream>);
  };
  post({ type: "subscribe", id: 1, topic: { path: "nodes.watch" } });
  vi.advanceTimersByTime(FORGET_MS - 1);
  post({ type: "ping", ids: [1] });
  vi.advanceTimersByTime(FORGET_MS - 1);
  expect(listening.length).toBe(1);
  vi.advanceTimersByTime(1);
  expect(listening.length).toBe(0);
});
