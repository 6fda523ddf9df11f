import { expect, test } from "vitest";
import { engineFailing, engineUnfit, type WaitingFor } from "../run/waiting";
import { waitingTitle } from "./waiting";

const slot = { on: "slot", node: "pve", pool: "task", position: 1, limit: 4 } as const;

test.each<[Parameters<typeof waitingTitle>[0]["state"], WaitingFor | null, string | undefined]>([
  ["queued", { on: "engine", why: "away" }, "Queued: engine unavailable"],
  ["waiting", { on: "node", node: "pve", why: "unreachable" }, "Waiting: node pve is unreachable"],
  ["waiting", { on: "node", node: "pve", why: "no_quorum" }, "Waiting: the cluster of node pve has no quorum"],
  [
    "waiting",
    { on: "node", node: "pve", why: "lock_held" },
    "Waiting: another task on node pve holds the container's lock",
  ],
  ["waiting", { on: "node", node: "pve", why: "ssh_unreachable" }, "Waiting: node pve cannot be reached over SSH"],
  ["waiting", { on: "node", node: "pve", why: "ssh_lost" }, "Waiting: the SSH connection to node pve was lost"],
  ["waiting", { on: "node", node: "pve", why: "ssh_silent" }, "Waiting: node pve does not answer over SSH"],
  ["waiting", { on: "node", node: "pve", why: "ssh_ended" }, "Waiting: the SSH command on node pve was ended"],
  ["waiting", { on: "busy_node", node: "pve", text: "too many tasks" }, "Waiting: node pve is busy: too many tasks"],
  [
    "waiting",
    { on: "lock", vmid: 101, node: "pve", lock: "backup" },
    "Waiting: CT 101 on node pve is locked by a backup (lock: backup)",
  ],
  [
    "waiting",
    { on: "lock", vmid: 101, node: "pve", lock: "suspended" },
    "Waiting: CT 101 on node pve is locked by another operation (lock: suspended)",
  ],
  [
    "waiting",
    { on: "locked", text: "CT is locked (backup)" },
    "Waiting: the container is locked by another operation: CT is locked (backup)",
  ],
  [
    "waiting",
    { on: "unlock", vmid: 101, node: "pve" },
    "Waiting: CT 101 is left locked by a create that died. Run on node pve: pct unlock 101",
  ],
  ["waiting", { on: "database" }, "Waiting: Homeport's database does not answer"],
  ["waiting", { on: "other_worker" }, "Waiting: another worker does this step"],
  ["waiting", { on: "other", text: "a sentence of before" }, "Waiting: a sentence of before"],
  ["waiting", { on: "other", text: "" }, "Waiting: another version of Homeport knows for what"],
  [
    "waiting",
    { on: "cleanup", until: { on: "node", node: "pve", why: "unreachable" } },
    "Cleanup pending: node pve is unreachable",
  ],
  ["waiting", { on: "settlement" }, "Waiting for somebody to settle it: its workflow was ended in Temporal (Orphans)"],
  ["awaiting_decision", { on: "decision" }, "Waiting for your decision"],
  ["paused", { on: "pause", by: "Ada" }, "Paused by Ada"],
  ["paused", { on: "pause", by: null }, "Paused"],
  ["waiting", { ...slot, position: 0 }, "Waiting for a slot on pve: its slot is free now"],
  ["waiting", slot, "Waiting for a slot on pve: 1st in the queue (4 tasks at a time)"],
  ["waiting", { ...slot, position: 2, limit: 1 }, "Waiting for a slot on pve: 2nd in the queue (1 task at a time)"],
  [
    "waiting",
    { ...slot, pool: "create:local-lvm", position: 13, limit: 2 },
    "Waiting for a slot on pve: 13th in the queue for local-lvm (2 creates at a time)",
  ],
  ["waiting", { ...slot, position: 103 }, "Waiting for a slot on pve: 103rd in the queue (4 tasks at a time)"],
  ["waiting", engineUnfit, "Waiting for the version of Homeport that began it: this one cannot continue it"],
  ["paused", engineFailing, "Waiting for an engine that can continue it: Homeport's own fails at it now"],
  ["running", { on: "undo" }, "Undoing what was made"],
  ["queued", null, undefined],
  ["done", { on: "undo" }, undefined],
])("a run that is %s for %j: %j", (state, waitingFor, words) => {
  expect(waitingTitle({ state, waitingFor })).toBe(words);
});
