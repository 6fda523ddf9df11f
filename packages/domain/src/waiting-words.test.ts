import { expect, test } from "vitest";
import { ENGINE_UNAVAILABLE, ENGINE_UNFIT, waitingWords } from "./waiting-words";

test.each([
  ["queued", ENGINE_UNAVAILABLE, "Queued: engine unavailable"],
  ["waiting", "waiting for node pve", "Waiting for node pve"],
  ["waiting", "a slot on local-lvm", "Waiting for a slot on local-lvm"],
  ["waiting", ENGINE_UNFIT, "Waiting for the version of Homeport that began it: this one cannot continue it"],
  ["running", "undoing what was made", "Undoing what was made"],
  ["queued", null, undefined],
  ["done", "node pve", undefined],
] as const)("a run that is %s for %j: %j", (state, waitingFor, words) => {
  expect(waitingWords({ state, waitingFor })).toBe(words);
});
