// What a reader is woken by, in batches: by a clock that the test moves.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { WakeEvent } from "./wake";
import { openWakeQueue } from "./wake-queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const heard: string[][] = [];
  let change: (event: WakeEvent) => void = () => undefined;
  const wake = {
    subscribe: (listener: (event: WakeEvent) => void) => {
      change = listener;
      return () => undefined;
    },
  };
  const queue = openWakeQueue(wake, undefined, () => true);
  const reading = (async () => {
    for await (const batch of queue.batches) heard.push(batch.map((event) => ("id" in event ? event.id : event.topic)));
  })();
  const changeAll = (...ids: string[]) => {
    for (const id of ids) change({ topic: "run", id });
  };
  return { heard, change: changeAll, end: () => (queue.close(), reading) };
}

test("what comes after a quiet moment is handed over at once, with what came with it", async () => {
  const { heard, change, end } = open();
  await vi.advanceTimersByTimeAsync(1_000);
  change("a", "b");
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([["a", "b"]]);
  await end();
});

test("a burst is handed over in a few batches, each change once in a batch", async () => {
  const { heard, change, end } = open();
  for (let ms = 0; ms < 100; ms += 1) {
    change("log");
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(heard).toEqual([["log"], ["log"], ["log"], ["log"]]);
  await end();
});
