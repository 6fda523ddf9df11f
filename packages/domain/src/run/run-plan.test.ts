import { expect, test } from "vitest";
import { planOperation, planProvision } from "./run-plan";

const template = {
  packages: [{ name: "nginx" }],
  files: [{}],
  scripts: [
    { name: "configure", title: "Configure nginx" },
    { name: "page", title: "Write the page" },
  ],
};
const names = (off: { packagesOff?: string[]; scriptsOff?: string[] } = {}) =>
  planProvision(template, { packagesOff: [], scriptsOff: [], ...off }).map(({ name }) => name);

test("a provision goes from reservation to finish, each script a step of its own, in the template's order", () => {
  expect(names()).toEqual([
    "reserve",
    "image",
    "create",
    "start",
    "ready",
    "files",
    "packages",
    "script-configure",
    "script-page",
    "discover",
    "finish",
  ]);
});

test("what a person switched off is not in the plan, and an empty step is no step", () => {
  expect(names({ packagesOff: ["nginx"], scriptsOff: ["configure"] })).toEqual([
    "reserve",
    "image",
    "create",
    "start",
    "ready",
    "files",
    "script-page",
    "discover",
    "finish",
  ]);
});

test("a run that carries a plan checks it before anything else", () => {
  expect(
    planProvision(template, { packagesOff: [], scriptsOff: [] }, { checked: true })
      .slice(0, 2)
      .map(({ name }) => name),
  ).toEqual(["plan", "reserve"]);
});

test("a destroy stops first and gives the VMID back last", () => {
  expect(planOperation("destroy").map(({ name }) => name)).toEqual(["stop", "destroy", "release"]);
});
