// Eight situations a create can find itself in after a crash, and the one thing that is right in each.
import { expect, test } from "vitest";
import { decideCreate } from "./create-decision";

const upid = "UPID:pve:00000001:00000001:00000001:vzcreate:101:root@pam!homeport:";
const task = (state: "running" | "succeeded" | "failed", error?: string) => ({ upid, state, error });

test("nothing there and nothing begun: create it", () => {
  expect(decideCreate({ config: null, task: null })).toEqual({ act: "post" });
});

test("locked by our running task, as after a lost reply: follow that task", () => {
  expect(decideCreate({ config: { lock: "create", ownership: "unmarked" }, task: task("running") })).toEqual({
    act: "follow",
    upid,
  });
});

test("our ownership tag and no lock: it is done", () => {
  expect(decideCreate({ config: { ownership: "ours" }, task: null })).toEqual({ act: "done" });
  expect(decideCreate({ config: { ownership: "ours" }, task: task("succeeded") })).toEqual({ act: "done", upid });
});

test("nothing there and our task failed: say why", () => {
  expect(decideCreate({ config: null, task: task("failed", "no space left") })).toEqual({
    act: "fail",
    error: "no space left",
  });
});

test("locked and our task dead, as after a power loss: clear our half-made guest", () => {
  expect(
    decideCreate({ config: { lock: "create", ownership: "unmarked" }, task: task("failed", "unexpected status") }),
  ).toEqual({ act: "clear_orphan" });
});

test("locked by a create that is not ours: leave it and yield", () => {
  expect(decideCreate({ config: { lock: "create", ownership: "unmarked" }, task: null })).toMatchObject({
    act: "yield",
  });
});

test.each(["unmarked", "foreign"] as const)("a guest that is %s is never ours, whatever our task did", (ownership) => {
  for (const one of [null, task("succeeded"), task("failed", "x")]) {
    expect(decideCreate({ config: { ownership }, task: one })).toMatchObject({ act: "yield" });
  }
});

test("a succeeded task whose guest is gone starts over: somebody removed it before it was ever used", () => {
  expect(decideCreate({ config: null, task: task("succeeded") })).toEqual({ act: "post" });
});
