import type { StepState } from "@homeport/db/types";
import { expect, test } from "vitest";
import { planOperation, planProvision } from "./run-plan";
import { undoPlan, type UndoableRun } from "./undo-plan";

const names = { vmid: 105, node: "pve", hostname: "web" };
const creation = planProvision(
  { packages: [], files: [], scripts: [{ name: "configure", title: "Configure nginx" }] },
  { packagesOff: [], scriptsOff: [] },
);

/** The steps up to `at` are done, the one there is in `state`. */
function standing(at: string, state: StepState, plan = creation): UndoableRun["steps"] {
  const index = plan.findIndex(({ name }) => name === at);
  return plan.map(({ kind, title }, i) => {
    const other = i < index ? "done" : "pending";
    return { kind, title, state: i === index ? state : other };
  });
}

test("undoing a creation says what goes, newest first, and that the record stays", () => {
  expect(
    undoPlan({ ...names, kind: "provision", state: "running", steps: standing("script-configure", "running") }),
  ).toEqual([
    "Stop “Configure nginx” in CT 105",
    "Stop and destroy CT 105 on pve, with its disks",
    "Give VMID 105 back",
    "Its record stays, for the history",
  ]);
  expect(
    undoPlan({ ...names, kind: "provision", state: "awaiting_decision", steps: standing("create", "failed") })[0],
  ).toBe("Stop and destroy what was made of CT 105 on pve, with its disks");
  expect(undoPlan({ ...names, kind: "provision", state: "paused", steps: standing("create", "pending") })).toEqual([
    "Give VMID 105 back",
    "Its record stays, for the history",
  ]);
  expect(
    undoPlan({ ...names, vmid: null, kind: "provision", state: "queued", steps: standing("reserve", "pending") }),
  ).toEqual(["Its record stays, for the history"]);
});

test("cancelling an operation says what it does not take back", () => {
  const destroy = planOperation("destroy");
  expect(
    undoPlan({ ...names, kind: "destroy", state: "running", steps: standing("destroy", "running", destroy) }),
  ).toEqual([
    "“Give its VMID back” is not begun",
    "“Destroy the container and its disks”: what pve was already told to do may still finish",
    "If pve has begun to destroy CT 105, that is carried through: nothing takes it back",
  ]);
  expect(
    undoPlan({
      ...names,
      kind: "reboot",
      state: "waiting",
      steps: standing("reboot", "waiting", planOperation("reboot")),
    }).at(-1),
  ).toBe("CT 105 stays on pve, as it then is");
});

test("of a run that has ended nothing is taken back", () => {
  expect(undoPlan({ ...names, kind: "provision", state: "done", steps: standing("finish", "done") })).toEqual([]);
});

test("a guest that is known to be gone, or to be another one, is not promised to be destroyed", () => {
  const run = {
    ...names,
    kind: "provision",
    state: "awaiting_decision",
    steps: standing("script-configure", "failed"),
  } as const;
  expect(undoPlan({ ...run, guest: "gone" })).toEqual([
    "Nothing is destroyed: CT 105 is not on pve any more",
    "Give VMID 105 back",
    "Its record stays, for the history",
  ]);
  expect(undoPlan({ ...run, guest: "replaced" })[0]).toBe(
    "Nothing is destroyed: CT 105 on pve is another guest now, and is left alone",
  );
  const stop = {
    ...names,
    kind: "stop",
    state: "awaiting_decision",
    steps: standing("stop", "failed", planOperation("stop")),
  } as const;
  expect(undoPlan({ ...stop, guest: "gone" }).at(-1)).toBe("CT 105 is not on pve any more");
  expect(undoPlan({ ...stop, guest: "replaced" }).at(-1)).toBe("CT 105 on pve is another guest now, and is left alone");
});
