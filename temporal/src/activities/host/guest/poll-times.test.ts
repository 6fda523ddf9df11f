// A task's end is noticed soon, by few questions.
import { expect, test } from "vitest";
import { realPace } from "../deps";
import { createUsual, untilAskedMs } from "./poll-times";

/** The moments at which a task that takes `tookMs` is asked about; the last one finds it ended. */
function asked(tookMs: number, usualMs?: number): number[] {
  const times: number[] = [];
  for (let at = 0; at < tookMs; times.push(at)) at += untilAskedMs(at, { usualMs, pace: realPace });
  return times;
}
const lag = (tookMs: number, times: readonly number[]): number => (times.at(-1) ?? 0) - tookMs;

test("nothing known of its kind: seldom more as it lasts, never later than the most", () => {
  expect(asked(1_200)).toEqual([250, 500, 750, 1_000, 1_250]);
  const long = asked(60_000);
  for (const [index, at] of long.entries())
    expect(at - (long[index - 1] ?? 0)).toBeLessThanOrEqual(realPace.pollMostMs);
});

test("as long as the last ones: two questions or three, and known within an eighth of a second", () => {
  for (const tookMs of [400, 700, 1_200, 1_800]) {
    const times = asked(tookMs + 40, tookMs);
    expect(times.length).toBeLessThanOrEqual(3);
    expect(lag(tookMs + 40, times)).toBeLessThanOrEqual(realPace.pollFirstMs / 2);
  }
});

test("of minutes too it is known soon, by about as many questions as when nothing were known", () => {
  for (const usualMs of [20_000, 60_000, 300_000]) {
    const times = asked(usualMs * 1.4, usualMs);
    const unknown = asked(usualMs * 1.4);
    expect(times.length).toBeLessThanOrEqual(unknown.length);
    expect(lag(usualMs * 1.4, times)).toBeLessThanOrEqual(realPace.pollMostMs);
  }
});

test("one that fails at once, where they take minutes, is known after two seconds", () => {
  expect(asked(10, 300_000)).toEqual([2_000]);
});

test("one that takes far longer than the last ones is asked about as if nothing were known", () => {
  const [known, unknown] = [asked(30_000, 1_000), asked(30_000)];
  expect(known.length).toBeLessThanOrEqual(unknown.length + 3);
  expect(lag(30_000, known)).toBeLessThanOrEqual(realPace.pollMostMs);
});

test("tasks that take half as long from now on are soon known when they end", () => {
  const usual = createUsual();
  usual.note("vzcreate", 4_000);
  for (let round = 0; round < 12; round += 1) usual.note("vzcreate", asked(1_500, usual.of("vzcreate")).at(-1) ?? 0);
  expect(lag(1_500, asked(1_500, usual.of("vzcreate")))).toBeLessThanOrEqual(realPace.pollFirstMs / 2);
});

test("what is usual is the shortest of the last three of its kind", () => {
  const usual = createUsual();
  expect(usual.of("vzcreate")).toBeUndefined();
  for (const tookMs of [100, 900, 700, 800]) usual.note("vzcreate", tookMs);
  usual.note("vzstart", 50);
  expect([usual.of("vzcreate"), usual.of("vzstart")]).toEqual([700, 50]);
});
