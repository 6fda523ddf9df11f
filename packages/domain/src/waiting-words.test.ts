import { expect, test } from "vitest";
import { ENGINE_UNAVAILABLE, ENGINE_UNFIT, waitingWords } from "./waiting-words";

test.each([
  ["queued", ENGINE_UNAVAILABLE, "Queued: engine unavailable"],
  ["waiting", "node pve is unreachable", "Waiting: node pve is unreachable"],
  ["waiting", "the cluster of node pve has no quorum", "Waiting: the cluster of node pve has no quorum"],
  [
    "waiting",
    "another task on node pve holds the container's lock",
    "Waiting: another task on node pve holds the container's lock",
  ],
  ["waiting", "cleanup pending: node pve is unreachable", "Cleanup pending: node pve is unreachable"],
  ["waiting", "somebody to settle it", "Waiting for somebody to settle it"],
  ["awaiting_decision", "your decision", "Waiting for your decision"],
  ["paused", "paused by Ada", "Paused by Ada"],
  ["waiting", "a slot on local-lvm", "Waiting for a slot on local-lvm"],
  ["waiting", ENGINE_UNFIT, "Waiting for the version of Homeport that began it: this one cannot continue it"],
  ["running", "undoing what was made", "Undoing what was made"],
  ["queued", null, undefined],
  ["done", "node pve", undefined],
] as const)("a run that is %s for %j: %j", (state, waitingFor, words) => {
  expect(waitingWords({ state, waitingFor })).toBe(words);
});
