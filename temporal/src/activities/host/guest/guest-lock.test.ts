// A lock is told by what holds it.
import { expect, test } from "vitest";
import { StepWait } from "../../failures";
import { requireUnlocked } from "./guest-lock";
import type { StepContext } from "../run-step";

const step = { host: { name: "pve" } } as StepContext; // all that it looks at

test.each<[string, string]>([
  ["backup", "CT 105 on node pve is locked by a backup (lock: backup)"],
  ["snapshot", "CT 105 on node pve is locked by a snapshot that is made (lock: snapshot)"],
  ["migrate", "CT 105 on node pve is locked by a migration (lock: migrate)"],
  ["something-new", "CT 105 on node pve is locked by another operation (lock: something-new)"],
])("lock %s is waited for, by name", (lock, words) => {
  const wait = new StepWait({ on: "lock", vmid: 105, node: "pve", lock });
  expect(wait.message).toBe(words);
  expect(() => {
    requireUnlocked(step, 105, { lock });
  }).toThrow(wait);
});

test("a guest that is not locked is not waited for", () => {
  expect(() => {
    requireUnlocked(step, 105, { lock: undefined });
  }).not.toThrow();
});
