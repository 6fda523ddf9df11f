import { expect, test } from "vitest";
import { judgePulse } from "./engine-pulse";

const beat = (part: string, ageMs = 3_000, lagMs = 5) => ({ part, ageMs, lagMs });
const judge = (beats: ReturnType<typeof beat>[], oldestQueuedMs: number | null = null) =>
  judgePulse({ beats, oldestQueuedMs });

test("workers that beat and begin what is asked for are well", () => {
  expect(judge([beat("runs"), beat("nodes")], 4_000)).toEqual({ ok: true, reason: null });
  expect(judge([])).toEqual({ ok: true, reason: null });
});

test("a frozen worker of runs is no engine, whatever Temporal remembers of its polls", () => {
  expect(judge([beat("runs", 45_000), beat("nodes", 60_000)])).toEqual({
    ok: false,
    reason: expect.stringContaining("for 45 s: runs stand still") as string,
  });
});

test("one that looks at nodes and stands still, one that is busy, and runs that do not begin are said while work goes on", () => {
  expect(judge([beat("runs"), beat("nodes", 300_000)])).toEqual({
    ok: true,
    reason: expect.stringContaining("5 min: what is shown of nodes may be old") as string,
  });
  expect(judge([beat("runs", 1_000, 9_400)])).toEqual({
    ok: true,
    reason: expect.stringContaining("busy with one thing for 9 s") as string,
  });
  expect(judge([beat("runs")], 61_000)).toEqual({
    ok: true,
    reason: expect.stringContaining("waited 61 s to begin") as string,
  });
});
