import { expect, test } from "vitest";
import { elapsedMs, formatDuration } from "../../lib/format/duration";
import { progressText, runProgress, type ProgressStep } from "./progress";

const now = new Date("2026-11-21T08:00:10Z");
const step = (
  state: ProgressStep["state"],
  expectedSeconds: number | null,
  startedAt: Date | null = null,
): ProgressStep => ({ state, expectedSeconds, startedAt });

test("steps weigh what they took before, and a running one counts by its time", () => {
  const started = new Date("2026-11-21T08:00:00Z");
  expect(runProgress([step("done", 10), step("running", 20, started), step("pending", 10)], now)).toEqual({
    fraction: 0.5,
    over: 1,
    total: 3,
  });
});

test("a step that takes longer than ever does not claim to be over", () => {
  const started = new Date("2026-11-21T07:00:00Z");
  expect(runProgress([step("running", 10, started)], now).fraction).toBe(0.95);
});

test("only when every step is over is the run whole", () => {
  expect(runProgress([step("done", 1), step("warning", 1), step("skipped", null)], now).fraction).toBe(1);
  expect(runProgress([step("done", 1000), step("failed", 1)], now).fraction).toBe(0.99);
  expect(runProgress([], now).fraction).toBe(0);
});

test.each([
  ["running", ["done", "skipped", "running", "pending"], "2 of 4 steps complete"],
  ["done_with_warnings", ["done", "warning", "skipped"], "3 of 3 steps complete"],
  ["undone", ["undone", "undone", "skipped"], "0 of 3 steps complete, 2 undone"],
  ["cancelled", ["done", "skipped", "skipped"], "1 of 3 steps complete"],
] as const)("a run that is %s with %j has %s", (state, steps, text) => {
  expect(progressText({ state, steps: steps.map((one) => ({ state: one })) })).toBe(text);
});

test.each([
  [0, "0.0 s"],
  [420, "0.4 s"],
  [12_300, "12 s"],
  [59_700, "1 min"],
  [185_000, "3 min 5 s"],
  [7_800_000, "2 h 10 min"],
  [273_600_000, "3 d 4 h"],
  [-5, "0.0 s"],
])("%i ms reads %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("what has not started has no duration; what has ended stops counting", () => {
  expect(elapsedMs({ startedAt: null, endedAt: null }, now)).toBeUndefined();
  expect(elapsedMs({ startedAt: new Date(now.getTime() - 5_000), endedAt: new Date(now.getTime() - 2_000) }, now)).toBe(
    3_000,
  );
});
