import { expect, test } from "vitest";
import { CreateContainerInput } from "../container/container-input";
import { editableAs, EditableInput, SpecEdit, StepEdit, whyNotEdit } from "./step-edit";
import { StoredStepEdit } from "../stored/step-edit";

test("an edit of a container's settings says only what changes: no default creeps in", () => {
  expect(SpecEdit.parse({ storage: "fast" })).toEqual({ storage: "fast" });
  expect(StepEdit.parse({ spec: {} })).toEqual({ spec: {} });
});

test("Proxmox's limits hold for edits too", () => {
  expect(SpecEdit.safeParse({ cores: 0 }).success).toBe(false);
  expect(SpecEdit.safeParse({ hostname: "under_score" }).success).toBe(false);
  expect(SpecEdit.safeParse({ nodeId: "01890a5d-ac96-774b-bcce-b302099a8057" }).success).toBe(false);
  expect(StepEdit.safeParse({ script: "" }).success).toBe(false);
  expect(StepEdit.safeParse({ packages: ["nginx; rm -rf /"] }).success).toBe(false);
  expect(StepEdit.safeParse({ script: "true", packages: [] }).success).toBe(false);
});

test("every input of the create call can be changed at its failure; what it is made of and where it goes cannot", () => {
  const fixed = ["templateRevisionId", "nodeId", "packagesOff", "scriptsOff"];
  expect(Object.keys(SpecEdit.shape).sort()).toEqual(
    Object.keys(CreateContainerInput.shape)
      .filter((key) => !fixed.includes(key))
      .sort(),
  );
  expect(Object.keys(EditableInput.shape).sort()).toEqual(Object.keys(SpecEdit.shape).sort());
});

test("an edit that was stored under an older rule can still be read", () => {
  expect(StoredStepEdit.parse({ spec: { network: { mode: "static", address: "127.0.0.1/4", gateway: "" } } })).toEqual({
    spec: { network: { mode: "static", address: "127.0.0.1/4", gateway: "" } },
  });
});

test("a step takes the edit that fits it, and no other", () => {
  expect(editableAs("script")).toBe("script");
  expect(whyNotEdit({ script: "true" }, "script")).toBeUndefined();
  expect(whyNotEdit({ script: "true" }, "packages")).toContain("packages");
  expect(whyNotEdit({ spec: {} }, "create")).toBeUndefined();
  expect(whyNotEdit({ script: "true" }, "start")).toContain("nothing to edit");
});
