import { expect, test } from "vitest";
import { ActiveRunStates, isActive, RunTransitions, statesBefore } from "./run-state";

const states = Object.keys(RunTransitions) as (keyof typeof RunTransitions)[];

test("a run is under way in these states: the partial index run_one_active_per_container lists the same", () => {
  expect(ActiveRunStates).toEqual(["queued", "running", "waiting", "awaiting_decision", "paused"]);
});

test("a final state has no way out, and every other one leads to an end", () => {
  for (const state of states) {
    const reached = Object.values(RunTransitions[state]).flat();
    if (isActive(state)) expect(reached).toEqual(expect.arrayContaining(["done", "failed", "cancelled", "undone"]));
    else expect(reached).toEqual([]);
  }
});

test("every state but the first is reached from another one", () => {
  const reached = new Set(
    states.flatMap((from) =>
      Object.values(RunTransitions[from])
        .flat()
        .filter((to) => to !== from),
    ),
  );
  expect([...reached].sort()).toEqual(states.filter((state) => state !== "queued").sort());
});

test("a step of a run that waits for a person neither waits nor goes on", () => {
  expect(statesBefore("wait", "waiting")).toEqual(["running", "waiting"]);
  expect(statesBefore("goOn", "running")).toEqual(["running", "waiting"]);
});

test("a run that a person let rest stays as it is while the engine cannot continue it", () => {
  expect(statesBefore("getStuck", "waiting")).toEqual(["running", "waiting"]);
  expect(statesBefore("getStuck", "paused")).toEqual(["paused"]);
  expect(statesBefore("getUnstuck", "awaiting_decision")).toEqual(["awaiting_decision"]);
});
