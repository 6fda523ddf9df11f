import { expect, test } from "vitest";
import { ContainerActions } from "../run/run-kinds";
import { containerState, ContainerStates, STALE_AFTER_MS, whyNot } from "./container-state";

const fresh = (status: string) => ({ status, ageMs: 1_000 });

test("what the node says now is what is shown", () => {
  expect(containerState({ lifecycle: "ready", activeRun: null, observed: fresh("running") })).toBe("running");
  expect(containerState({ lifecycle: "ready", activeRun: null, observed: fresh("stopped") })).toBe("stopped");
});

test("what was seen long ago, or never, is unknown: not running, not stopped", () => {
  expect(
    containerState({ lifecycle: "ready", activeRun: null, observed: { status: "running", ageMs: STALE_AFTER_MS + 1 } }),
  ).toBe("unknown");
  expect(containerState({ lifecycle: "ready", activeRun: null, observed: null })).toBe("unknown");
});

test("a VMID that belongs to another guest shows nothing of it, and nothing is done to it", () => {
  expect(containerState({ lifecycle: "ready", activeRun: null, observed: null, replaced: true })).toBe("replaced");
  for (const action of ContainerActions)
    expect(whyNot(action, "replaced", "online")).toContain("belongs to another guest now");
});

test("an operation under way is shown instead, and says when it waits", () => {
  expect(
    containerState({ lifecycle: "ready", activeRun: { kind: "stop", state: "running" }, observed: fresh("running") }),
  ).toBe("stopping");
  expect(
    containerState({
      lifecycle: "creating",
      activeRun: { kind: "provision", state: "awaiting_decision" },
      observed: null,
    }),
  ).toBe("waiting");
});

test("a running container cannot be started, and the reason says what can be", () => {
  expect(whyNot("start", "running", "online")).toBe("Only a stopped container can be started.");
  expect(whyNot("stop", "running", "online")).toBeUndefined();
});

test("on a node whose key changed nothing is allowed", () => {
  for (const action of ContainerActions)
    for (const state of ContainerStates) expect(whyNot(action, state, "key_changed")).toContain("changed");
});

test("while a run is not finished nothing else may begin", () => {
  for (const action of ContainerActions)
    for (const state of ["creating", "waiting", "starting", "rebooting", "stopping", "deleting", "deleted"] as const)
      expect(whyNot(action, state, "online")).toBeDefined();
});
