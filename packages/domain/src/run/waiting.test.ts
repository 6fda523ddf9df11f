import { expect, test } from "vitest";
import { engineFailing, engineUnfit, isStuck, mapWaitReason, readWaitingFor, type WaitReason } from "./waiting";

test("what is stored is read; what another version stored is shown as unknown, and nothing breaks", () => {
  expect(readWaitingFor(null)).toBeNull();
  expect(readWaitingFor({ on: "undo" })).toEqual({ on: "undo" });
  expect(readWaitingFor({ on: "node", node: "pve", why: "unreachable", since: 3 })).toEqual({
    on: "node",
    node: "pve",
    why: "unreachable",
  });
  for (const unknown of [{ on: "moon" }, { on: "node", node: "pve", why: "moved" }, "a slot on pve", 3])
    expect(readWaitingFor(unknown)).toEqual({ on: "other", text: "" });
});

test("a run is stuck when the engine cannot continue it, not when the engine is away", () => {
  expect([engineUnfit, engineFailing].every(isStuck)).toBe(true);
  expect(isStuck({ on: "engine", why: "away" })).toBe(false);
  expect(isStuck(null)).toBe(false);
});

test.each<[WaitReason, WaitReason]>([
  [
    { on: "busy_node", node: "pve", text: "token=s3cret" },
    { on: "busy_node", node: "pve", text: "token=•••" },
  ],
  [
    { on: "locked", text: "s3cret" },
    { on: "locked", text: "•••" },
  ],
  [
    { on: "other", text: "s3cret" },
    { on: "other", text: "•••" },
  ],
  [
    { on: "unlock", vmid: 101, node: "pve" },
    { on: "unlock", vmid: 101, node: "pve" },
  ],
])("%j without a secret is %j", (reason, without) => {
  expect(mapWaitReason(reason, (text) => text.replace("s3cret", "•••"))).toEqual(without);
});
