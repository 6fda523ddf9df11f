import type { Operation } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whileVisible } from "./while-visible";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page that can be hidden, and a server that remembers who listens with which input. */
function tab(first: "visible" | "hidden" = "visible") {
  const page = Object.assign(new EventTarget(), { visibilityState: first });
  const view = new EventTarget();
  const streams: { input: unknown; open: boolean; send(id: string): void }[] = [];
  const seen: unknown[] = [];
  const link = whileVisible(page as unknown as Document, view)({});
  const op = {
    id: 1,
    type: "subscription",
    path: "runs.watch",
    input: { id: "r" },
    context: {},
    signal: null,
  } as unknown as Operation;
  const listening = link({
    op,
    next: ({ input }) =>
      observable((observer) => {
        const stream = {
          input,
          open: true,
          send: (id: string) => {
            observer.next({ result: { type: "data", id, data: id } } as never);
          },
        };
        streams.push(stream);
        return () => {
          stream.open = false;
        };
      }),
  }).subscribe({
    next: (value) => {
      seen.push(value.result.type === "data" ? value.result.data : value.result.type);
    },
  });
  const show = (state: "visible" | "hidden") => {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    streams,
    seen,
    show,
    view,
    stop: () => {
      listening.unsubscribe();
    },
    open: () => streams.filter((one) => one.open).length,
  };
}

test("a tab that nobody looks at gives its connection back, and goes on after its last event when it is looked at again", () => {
  const { streams, seen, show, open } = tab();
  streams[0]?.send("3.7");
  show("hidden");
  expect(open()).toBe(1);
  vi.advanceTimersByTime(11_000);
  expect(open()).toBe(0);
  show("visible");
  expect(streams[1]?.input).toEqual({ id: "r", lastEventId: "3.7" });
  streams[1]?.send("3.8");
  expect(seen).toEqual(["3.7", "3.8"]);
});

test("a glance at another tab closes nothing, and a page that is left closes all", () => {
  const { streams, show, stop, open } = tab();
  show("hidden");
  vi.advanceTimersByTime(3_000);
  show("visible");
  vi.advanceTimersByTime(20_000);
  expect([streams.length, open()]).toEqual([1, 1]);
  show("hidden");
  stop();
  vi.advanceTimersByTime(20_000);
  expect([streams.length, open()]).toEqual([1, 0]);
});

test("a page that was opened in the background watches nothing until it is looked at", () => {
  const { streams, show } = tab("hidden");
  vi.advanceTimersByTime(60_000);
  expect(streams.length).toBe(0);
  show("visible");
  expect(streams[0]?.input).toEqual({ id: "r" });
});

test("a page that is left gives its stream back at once, and goes on when Back shows it again", () => {
  const { streams, view, open } = tab();
  streams[0]?.send("3.7");
  view.dispatchEvent(new Event("pagehide"));
  expect(open()).toBe(0);
  view.dispatchEvent(new Event("pageshow"));
  expect(streams[1]?.input).toEqual({ id: "r", lastEventId: "3.7" });
});
