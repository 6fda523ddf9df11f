// What an entry says of its kind agrees with the rest of the entry: whoever adds one finds here what goes together.
import { expect, test } from "vitest";
import { ContainerActions, isOfTemplate, isPlayedBy, RunKinds as kinds, runKinds, RunWorkflows } from "./run-kinds";
import { planOperation, planProvision, type StepKind } from "./run-plan";

const off = { packagesOff: [], scriptsOff: [] };
const stepsOf = (kind: keyof typeof runKinds): (StepKind | null)[] =>
  (isOfTemplate(kind) ? planProvision({ packages: [], files: [], scripts: [] }, off) : planOperation(kind)).map(
    (step) => step.kind,
  );

test.each(kinds)("%s: its steps do to its guest what the entry says, and show where it is left", (kind) => {
  const { guest, leavesRunning } = runKinds[kind];
  const steps = stepsOf(kind);
  expect(steps.includes("create")).toBe(guest === "creates");
  expect(steps.includes("destroy")).toBe(guest === "removes");
  expect(steps.includes("ready")).toBe(leavesRunning);
});

test.each(kinds)("%s: only what makes something is undone or run again, and it has something to be made of", (kind) => {
  const { guest, undoable, repeatable, allowedIn } = runKinds[kind];
  expect([undoable, repeatable, isOfTemplate(kind), allowedIn.length === 0]).toEqual(
    Array<boolean>(4).fill(guest === "creates"),
  );
});

test("what takes something away for good needs a password of a moment ago", () => {
  expect(kinds.filter((kind) => runKinds[kind].recentSignIn)).toEqual(
    kinds.filter((kind) => runKinds[kind].guest === "removes"),
  );
});

test("no two kinds have the same name on screen or in Temporal", () => {
  for (const key of ["title", "slug", "begun", "done"] as const)
    expect(new Set(kinds.map((kind) => runKinds[kind].text[key])).size).toBe(kinds.length);
});

test("every kind is played by one workflow; actions on a container are those that begin from its state", () => {
  expect(RunWorkflows).toEqual(["provisionContainer", "operateContainer"]);
  expect(kinds.filter((kind) => isPlayedBy("provisionContainer", kind))).toEqual(["provision"]);
  expect(ContainerActions).toEqual(["start", "stop", "shutdown", "reboot", "destroy"]);
});
