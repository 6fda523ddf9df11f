// A checker that cannot fail shows nothing: each invariant is broken here on purpose, and has to be noticed.
import { randomUUID } from "node:crypto";
import type { JournalEntry } from "@homeport/lab";
import { expect, test } from "vitest";
import { violations, type Evidence, type Violation } from "./invariants";

const containerId = "01890000-0000-7000-8000-00000000c0de";
const runId = "01890000-0000-7000-8000-000000000001";
const unit = `homeport-${runId}-script-one-1`;
const written = "BEGIN one\nGrüße ✓\nEND one\n";

function entry(change: Partial<JournalEntry>): JournalEntry {
  return {
    time: 10,
    actor: "root@pam!homeport",
    method: "POST",
    path: "/nodes/pve/lxc/100/status/start",
    vmid: 100,
    params: {},
    status: 200,
    ...change,
  };
}

/** One container, made, running, its script followed to its end: nothing to complain about. */
function sound(): Evidence {
  return {
    operations: [
      { at: 1, by: "Ada", procedure: "containers.create", input: { requestKey: "k1" }, answer: { runId, containerId } },
    ],
    journal: [
      entry({ time: 5, path: "/nodes/pve/lxc", params: { description: `Homeport container ${containerId}\n` } }),
      entry({}),
      entry({
        time: 12,
        method: "SSH",
        path: "pct exec",
        params: { argv: `100 -- sh /usr/local/lib/homeport/runner start ${unit}` },
        status: 0,
      }),
    ],
    guests: [
      {
        vmid: 100,
        hostname: "web",
        containerId: containerId,
        lock: null,
        running: true,
        units: [{ name: unit, state: "exited", output: written }],
        secrets: ["s3cret-of-guest"],
      },
    ],
    strangers: [{ vmid: 200, plantedAt: 0, before: "aa", after: "aa" }],
    runs: [{ id: runId, kind: "provision", state: "done", containerId, createdAt: 1, repeatable: [] }],
    containers: [{ id: containerId, nodeId: "n", vmid: 100, lifecycle: "ready", hostname: "web" }],
    logs: [
      { runId, step: "script-one", attempt: 1, stream: "output", byteOffset: 0, text: "BEGIN one\nGrüße " },
      {
        runId,
        step: "script-one",
        attempt: 1,
        stream: "output",
        byteOffset: Buffer.byteLength("BEGIN one\nGrüße "),
        text: "✓\nEND one\n",
      },
    ],
    auditBroken: null,
    workflows: [{ id: runId, status: "closed" }],
    texts: [{ where: "table RunLog", text: written }],
    secrets: ["s3cret-of-guest", "token-0123-4567"],
  };
}

const broken = (change: (evidence: Evidence) => void): string[] => {
  const evidence = sound();
  change(evidence);
  return [...new Set(violations(evidence).map(({ invariant }) => invariant))];
};

test("a sound history has no violation", () => {
  expect(violations(sound())).toEqual([]);
});

test.each<[Violation["invariant"], string, (evidence: Evidence) => void]>([
  [
    "I1",
    "an acknowledged run that is nowhere",
    (e) => {
      e.operations.push({ at: 2, by: "Bob", procedure: "containers.stop", input: {}, answer: { runId: randomUUID() } });
    },
  ],
  [
    "I1",
    "a run that is not over",
    (e) => {
      first(e.runs).state = "waiting";
      first(e.workflows).status = "running";
    },
  ],
  [
    "I1",
    "a run that nobody works on",
    (e) => {
      first(e.runs).state = "running";
    },
  ],
  [
    "I1",
    "a workflow that outlives its run",
    (e) => {
      first(e.workflows).status = "running";
    },
  ],
  [
    "I1",
    "a ready container whose guest is gone",
    (e) => {
      e.guests = [];
    },
  ],
  [
    "I1",
    "a container that is deleted for ever",
    (e) => {
      first(e.containers).lifecycle = "deleting";
    },
  ],
  [
    "I1",
    "a provisioned guest that does not run",
    (e) => {
      first(e.guests).running = false;
    },
  ],
  [
    "I2",
    "one key, two operations",
    (e) => {
      e.operations.push({
        at: 2,
        by: "Ada",
        procedure: "containers.create",
        input: { requestKey: "k1" },
        answer: { runId: "other" },
      });
    },
  ],
  [
    "I2",
    "two guests of one container",
    (e) => {
      e.guests.push({ ...first(e.guests), vmid: 101 });
    },
  ],
  [
    "I3",
    "a guest with our ownership tag and no row",
    (e) => {
      e.guests.push({ ...first(e.guests), vmid: 102, containerId: randomUUID(), units: [] });
    },
  ],
  [
    "I3",
    "a guest whose row says another VMID",
    (e) => {
      first(e.containers).vmid = 103;
    },
  ],
  [
    "I4",
    "a stranger that changed",
    (e) => {
      first(e.strangers).after = "bb";
    },
  ],
  [
    "I4",
    "a call at a stranger, even a refused one",
    (e) => {
      e.journal.push(entry({ method: "DELETE", path: "/nodes/pve/lxc/200", vmid: 200, status: 500 }));
    },
  ],
  [
    "I4",
    "a command in a guest that Homeport did not make",
    (e) => {
      e.journal.push(entry({ method: "SSH", path: "pct exec", vmid: 300, status: 0 }));
    },
  ],
  [
    "I4",
    "a stop of somebody else's task",
    (e) => {
      e.journal.push(
        entry({
          method: "DELETE",
          path: "/nodes/pve/tasks/UPID:pve:00001234:00005678:65000000:vzcreate:200:root@pam:",
          vmid: null,
        }),
      );
    },
  ],
  [
    "I5",
    "a script begun as two units",
    (e) => {
      e.journal.push(
        entry({
          time: 13,
          method: "SSH",
          path: "pct exec",
          params: { argv: `100 -- sh /usr/local/lib/homeport/runner start ${unit}-again-1` },
          status: 0,
        }),
      );
    },
  ],
  [
    "I5",
    "a unit that began twice",
    (e) => {
      first(first(e.guests).units).output = `BEGIN one\n${written}`;
      e.logs = [];
      first(e.runs).state = "cancelled";
    },
  ],
  [
    "I6",
    "a gap",
    (e) => {
      second(e.logs).byteOffset += 3;
    },
  ],
  [
    "I6",
    "a double",
    (e) => {
      second(e.logs).byteOffset -= 3;
    },
  ],
  [
    "I6",
    "another text than was written",
    (e) => {
      second(e.logs).text = "✓\nEND two\n";
    },
  ],
  [
    "I6",
    "a lost end",
    (e) => {
      e.logs.pop();
    },
  ],
  [
    "I7",
    "a broken chain",
    (e) => {
      e.auditBroken = "17";
    },
  ],
  [
    "I8",
    "a secret in a row",
    (e) => {
      e.texts.push({ where: "table Run", text: "x s3cret-of-guest y" });
    },
  ],
  [
    "I8",
    "a secret in Base64 in a history",
    (e) => {
      e.texts.push({ where: "a history", text: `{"data":"${Buffer.from("token-0123-4567").toString("base64")}"}` });
    },
  ],
])("%s is broken by %s", (invariant, _what, change) => {
  expect(broken(change)).toContain(invariant);
});

test("a refused create at a stranger's VMID is no touch, and a repeatable script may be begun again", () => {
  const evidence = sound();
  evidence.journal.push(entry({ path: "/nodes/pve/lxc", vmid: 200, status: 500 }));
  first(evidence.runs).repeatable.push("script-one");
  evidence.journal.push(
    entry({
      time: 13,
      method: "SSH",
      path: "pct exec",
      params: { argv: `100 -- sh /usr/local/lib/homeport/runner start ${unit}-again-1` },
      status: 0,
    }),
  );
  expect(violations(evidence)).toEqual([]);
});

test("an interrupted script's output is followed by its repetition's", () => {
  const evidence = sound();
  first(evidence.runs).repeatable.push("script-one");
  const [guest] = evidence.guests;
  guest?.units.splice(
    0,
    1,
    { name: unit, state: "interrupted", output: "BEGIN one\nGrü" },
    { name: `${unit}-again-1`, state: "exited", output: written },
  );
  const line = "\n… interrupted; it begins again …\n";
  evidence.logs = [
    { runId, step: "script-one", attempt: 1, stream: "output", byteOffset: 0, text: `BEGIN one\nGrü${line}${written}` },
  ];
  expect(violations(evidence)).toEqual([]);
  evidence.logs = [
    { runId, step: "script-one", attempt: 1, stream: "output", byteOffset: 0, text: `BEGIN one${line}${written}` },
  ];
  expect(violations(evidence)).not.toEqual([]);
});

test("what a scenario leaves open on purpose is allowed by name, and by nothing else", () => {
  const evidence = sound();
  first(evidence.runs).state = "awaiting_decision";
  first(evidence.workflows).status = "running";
  expect(violations(evidence, { open: [runId] })).toEqual([]);
  expect(violations(evidence, { open: [randomUUID()] })).not.toEqual([]);
});

function first<T>([one]: T[]): T {
  if (one === undefined) throw new Error("there is none");
  return one;
}

function second<T>([, one]: T[]): T {
  if (one === undefined) throw new Error("there is no second");
  return one;
}
