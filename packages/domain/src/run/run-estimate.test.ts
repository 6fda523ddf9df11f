// An estimate is of what will run.
import { expect, test } from "vitest";
import { estimateRun, shownSeconds } from "./run-estimate";

const step = (name: string) => ({ name, title: `Do ${name}` });
const stepSeconds = new Map([
  ["create", 12],
  ["packages", 91],
  ["script-configure", 43],
]);

test("a step that was left out is not counted, and the parts add up to the whole", () => {
  const all = estimateRun(["create", "packages", "script-configure"].map(step), {
    stepSeconds,
    templateSeconds: 60,
    leftOut: false,
  });
  expect(all).toEqual({ seconds: 146, basis: "earlier", atMost: false, unmeasured: [] });
  const without = estimateRun(["create", "script-configure"].map(step), {
    stepSeconds,
    templateSeconds: 60,
    leftOut: true,
  });
  expect(without).toEqual({ seconds: 55, basis: "earlier", atMost: false, unmeasured: [] });
});

test("a step that never ran is named, as its time is not in the sum", () => {
  expect(
    estimateRun(["create", "script-backup"].map(step), { stepSeconds, templateSeconds: 60, leftOut: false }),
  ).toMatchObject({ seconds: 12, unmeasured: ["Do script-backup"] });
});

test("before any run the template's own measure counts, as an upper bound where something is left out", () => {
  const nothing = new Map<string, number>();
  expect(estimateRun([step("create")], { stepSeconds: nothing, templateSeconds: 60, leftOut: false })).toMatchObject({
    seconds: 60,
    basis: "template",
    atMost: false,
  });
  expect(estimateRun([step("create")], { stepSeconds: nothing, templateSeconds: 60, leftOut: true })).toMatchObject({
    seconds: 60,
    atMost: true,
  });
  expect(estimateRun([step("start")], { stepSeconds: nothing, templateSeconds: null, leftOut: false })).toMatchObject({
    seconds: null,
    atMost: false,
  });
});

test("what is shown adds up", () => {
  expect([0.04, 0.44, 0.96, 12.4, 12.6].map(shownSeconds)).toEqual([0, 0.4, 1, 12, 13]);
});
