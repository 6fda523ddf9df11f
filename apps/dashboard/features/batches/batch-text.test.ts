import { expect, test } from "vitest";
import { countText, itemState, itemStory } from "./batch-text";

const step = { title: "Start it", position: 3, total: 8 };
const item = { state: "running", waitingFor: null, error: null, step } as const;

test("counts name only what there is", () => {
  expect(countText({ total: 10, ready: 7, working: 2, waiting: 0, failed: 1 })).toBe(
    "7 of 10 ready, 2 being made, 1 failed",
  );
  expect(countText({ total: 2, ready: 2, working: 0, waiting: 0, failed: 0 })).toBe("2 of 2 ready");
});

test.each([
  [item, "Start it (3 of 8)"],
  [{ ...item, state: "queued", waitingFor: { on: "engine", why: "away" } } as const, "Queued: engine unavailable"],
  [
    {
      ...item,
      state: "waiting",
      waitingFor: { on: "slot", node: "pve", pool: "task", position: 4, limit: 4 },
    } as const,
    "Waiting for a slot on pve: 4th in the queue (4 tasks at a time)",
  ],
  [
    { ...item, state: "awaiting_decision", waitingFor: { on: "decision" }, error: "It did not start." } as const,
    "It did not start.",
  ],
  [{ ...item, state: "done", step: null } as const, ""],
])("%j: %s", (one, story) => {
  expect(itemStory(one)).toBe(story);
});

test("one that was deleted since is not called done", () => {
  expect(itemState({ state: "done", lifecycle: "deleted", cancelRequested: false }).label).toBe("Deleted");
  expect(itemState({ state: "running", lifecycle: "creating", cancelRequested: true }).label).toBe("Cancelling");
});
