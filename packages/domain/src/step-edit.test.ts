import { expect, test } from "vitest";
import { editableAs, SpecEdit, StepEdit, whyNotEdit } from "./step-edit";

test("an edit of a container's settings says only what changes: no default creeps in", () => {
  expect(SpecEdit.parse({ storage: "fast" })).toEqual({ storage: "fast" });
  expect(StepEdit.parse({ spec: {} })).toEqual({ spec: {} });
});

test("Proxmox's limits hold for edits too", () => {
  expect(SpecEdit.safeParse({ cores: 0 }).success).toBe(false);
  expect(SpecEdit.safeParse({ hostname: "other" }).success).toBe(false);
  expect(StepEdit.safeParse({ script: "" }).success).toBe(false);
  expect(StepEdit.safeParse({ packages: ["nginx; rm -rf /"] }).success).toBe(false);
  expect(StepEdit.safeParse({ script: "true", packages: [] }).success).toBe(false);
});

test("a step takes the edit that fits it, and no other", () => {
  expect(editableAs("script")).toBe("script");
  expect(whyNotEdit({ script: "true" }, "script")).toBeUndefined();
  expect(whyNotEdit({ script: "true" }, "packages")).toContain("packages");
  expect(whyNotEdit({ spec: {} }, "create")).toBeUndefined();
  expect(whyNotEdit({ script: "true" }, "start")).toContain("nothing to edit");
});
