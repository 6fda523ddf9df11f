// A schedule that is another one the second time replays nothing.
import { expect, test } from "vitest";
import { schedule } from "./schedule";

test("the same seed is the same schedule, another seed another one", () => {
  expect(schedule(42, 5)).toEqual(schedule(42, 5));
  expect(schedule(42, 5)).not.toEqual(schedule(43, 5));
});

test("within five minutes every kind of click and of fault occurs, in order of time", () => {
  const planned = schedule(7, 5);
  expect(new Set(planned.map(({ what }) => what.act))).toEqual(
    new Set(["create", "operate", "decide", "cancel", "steer", "wire", "worker", "server", "lab"]),
  );
  expect(planned.map(({ atMs }) => atMs)).toEqual(planned.map(({ atMs }) => atMs).sort((a, b) => a - b));
  expect(planned.filter(({ what }) => ["wire", "worker", "server", "lab"].includes(what.act)).length).toBeGreaterThan(
    40,
  );
});
