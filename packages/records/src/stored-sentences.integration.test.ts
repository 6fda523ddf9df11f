// The migrations from sentences to codes: what a person reads of what is stored stays what it was.
import { randomBytes, randomUUID } from "node:crypto";
import { createDb, type Db } from "@homeport/db/client";
import { migrate } from "@homeport/db/migrate";
import { listMigrations } from "@homeport/db/migration-files";
import { resolutionText } from "@homeport/domain/text/orphan";
import { containerEventText } from "@homeport/domain/text/container-event";
import { stepDetailText } from "@homeport/domain/text/step-detail";
import { networkCauseText, nodeReasonText } from "@homeport/domain/text/node-reason";
import { waitingText } from "@homeport/domain/text/waiting";
import { readContainerEvent } from "@homeport/domain/container/container-event";
import { NetworkCauses, type NodeReasonCode, readNodeReason } from "@homeport/domain/node/node-reason";
import { readStepDetail, type StepDetail } from "@homeport/domain/run/step-detail";
import { readWaitingFor } from "@homeport/domain/run/waiting";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const name = `waiting_${randomBytes(6).toString("hex")}`;
const server = inject("postgresUrl");
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
let db: Db;

/** Sentences that earlier versions stored, and their codes. */
const stored: readonly (readonly [string, object])[] = [
  ["engine unavailable", { on: "engine", why: "away" }],
  ["the version of Homeport that began it: this one cannot continue it", { on: "engine", why: "unfit" }],
  ["an engine that can continue it: Homeport's own fails at it now", { on: "engine", why: "failing" }],
  ["your decision", { on: "decision" }],
  ["paused", { on: "pause", by: null }],
  ["paused by Ada: the first", { on: "pause", by: "Ada: the first" }],
  ["undoing what was made", { on: "undo" }],
  ["somebody to settle it: its workflow was ended in Temporal (Orphans)", { on: "settlement" }],
  [
    "a turn on pve 1: 3rd in line for local-lvm (2 creates at a time)",
    { on: "slot", node: "pve 1", pool: "create:local-lvm", position: 3, limit: 2 },
  ],
  ["a turn on pve: 12th in line (1 task at a time)", { on: "slot", node: "pve", pool: "task", position: 12, limit: 1 }],
  ["a turn on pve: it is its turn now", { on: "slot", node: "pve", pool: "task", position: 0, limit: 0 }],
  ["node pve is unreachable", { on: "node", node: "pve", why: "unreachable" }],
  ["the cluster of node pve has no quorum", { on: "node", node: "pve", why: "no_quorum" }],
  ["another task on node pve holds the container's lock", { on: "node", node: "pve", why: "lock_held" }],
  ["node pve cannot be reached over SSH", { on: "node", node: "pve", why: "ssh_unreachable" }],
  ["the SSH connection to node pve was lost", { on: "node", node: "pve", why: "ssh_lost" }],
  ["node pve does not answer over SSH", { on: "node", node: "pve", why: "ssh_silent" }],
  ["the SSH command on node pve was ended", { on: "node", node: "pve", why: "ssh_ended" }],
  ["node pve is busy: node 2 is unreachable", { on: "busy_node", node: "pve", text: "node 2 is unreachable" }],
  ["CT 101 on node pve is locked by a backup (lock: backup)", { on: "lock", vmid: 101, node: "pve", lock: "backup" }],
  [
    "CT 101 is left locked by a create that died. Run on node pve: pct unlock 101",
    { on: "unlock", vmid: 101, node: "pve" },
  ],
  ["the container is locked by another operation: CT is locked", { on: "locked", text: "CT is locked" }],
  ["Homeport's database does not answer", { on: "database" }],
  ["another worker does this step", { on: "other_worker" }],
  [
    "cleanup pending: node pve is unreachable",
    { on: "cleanup", until: { on: "node", node: "pve", why: "unreachable" } },
  ],
  [
    "cleanup pending: Node pve refused the API token.",
    { on: "cleanup", until: { on: "other", text: "Node pve refused the API token." } },
  ],
  ["what nobody knows any more", { on: "other", text: "what nobody knows any more" }],
];

/** How orphans were settled by earlier versions: sentence and code are both read as the sentence. */
const resolutions = [
  "adopted",
  "deleted",
  "marked as deleted",
  "resumed",
  "given up",
  "ended",
  "ended by itself, as its run had ended",
  "begun anew by itself",
  "went away",
  "the node was removed",
] as const;

/** Of nodes: the sentence, the report beside it, and its code. */
const nodeReasons: readonly (readonly [string, NodeReasonCode | null])[] = [
  ["It is being checked.", { why: "checking" }],
  ["It answers; it has not been checked yet.", { why: "not_checked" }],
  ["The engine that checks nodes does not answer. Check it again in a moment.", { why: "check_not_begun" }],
  ["The check failed for a reason of Homeport's own. Check it again.", { why: "check_failed" }],
  ["Its certificate and host key wait for your confirmation.", { why: "unconfirmed" }],
  [
    "Its certificate changed. Compare and confirm before anything is sent to it.",
    { why: "keys_changed", keys: ["certificate"] },
  ],
  [
    "Its SSH host key changed. Compare and confirm before anything is sent to it.",
    { why: "keys_changed", keys: ["ssh_host_key"] },
  ],
  [
    "Its certificate and SSH host key changed. Compare and confirm before anything is sent to it.",
    { why: "keys_changed", keys: ["certificate", "ssh_host_key"] },
  ],
  [
    "Node p v: e refused the API token. Check its ID and its secret; it may also have been removed or have expired.",
    { why: "token_refused", node: "p v: e" },
  ],
  [
    "The API token of node pve lacks a privilege: Permission check failed (/vms, VM.Audit) Grant it.",
    { why: "privilege", node: "pve", text: "Permission check failed (/vms, VM.Audit)" },
  ],
  ["Node pve is unreachable.", { why: "unreachable", node: "pve", at: null, cause: null }],
  ...NetworkCauses.map((cause): [string, NodeReasonCode] => [
    `Node pve is unreachable: ${networkCauseText(cause)}.`,
    { why: "unreachable", node: "pve", at: null, cause },
  ]),
  [
    "Node pve cannot be reached at 10.0.0.1:8006.",
    { why: "unreachable", node: "pve", at: { host: "10.0.0.1", port: 8006 }, cause: null },
  ],
  [
    `Node pve cannot be reached at fd00::1:8007: ${networkCauseText("refused")}. Proxmox usually listens at port 8006.`,
    { why: "unreachable", node: "pve", at: { host: "fd00::1", port: 8007 }, cause: "refused" },
  ],
  [
    "Privileges: VM.Allocate is missing (and 1 more)",
    { why: "report", label: "Privileges", detail: "VM.Allocate is missing", more: 1 },
  ],
  // Of what is not known for certain nothing is made up.
  ["Privileges: something else", null],
  ["Node pve is unreachable: a comet.", null],
  ["Node pve changed its identity: compare and confirm it under Nodes.", null],
];
const report = JSON.stringify({
  lines: [
    { id: "api", label: "API reachable", state: "ok", detail: "" },
    { id: "privileges", label: "Privileges", state: "failed", detail: "VM.Allocate is missing" },
    { id: "ssh", label: "SSH sign-in", state: "failed", detail: "refused" },
  ],
});

/** Of containers: the event's type, its sentence, and what its metadata have beside the run then. */
const events: readonly (readonly [string, string, object])[] = [
  ["provision.done", "The container was created.", {}],
  ["reboot.done_with_warnings", "The container was rebooted, with warnings.", {}],
  ["shutdown.failed", "The container could not be shut down.", {}],
  ["provision.undone", "Its creation was undone: nothing of it is left.", {}],
  ["provision.cancelled", "Its creation was cancelled and undone: nothing of it is left.", {}],
  ["destroy.cancelled", "The operation was cancelled.", {}],
  ["container.failed", "No run works on it any more. Delete it to clear away what is left of it.", {}],
  ["container.reconciled", "Its guest was found on the node and adopted.", { what: "adopted" }],
  ["container.reconciled", "Its guest was found on the node and is being deleted.", { what: "found_to_delete" }],
  ["container.reconciled", "Its guest was gone from the node; it was marked as deleted.", { what: "marked_deleted" }],
  ["run.readopted", "Temporal had lost its run. It was begun anew, and finds what it did before.", { why: "lost" }],
  [
    "run.readopted",
    "The engine could not go on with its run, which was cancelled: it was begun anew, and finds what it did before.",
    { why: "cancelled_stuck" },
  ],
  [
    "run.cancel_not_recorded",
    "Somebody asked Temporal to cancel its run, past Homeport. The run goes on: whoever wants it to stop cancels it on its page.",
    {},
  ],
  [
    "provision.done",
    "The container was created in a way of its own.",
    { text: "The container was created in a way of its own." },
  ],
  ["node.moved", "It was moved.", { text: "It was moved." }],
];

/** Words beside steps, and their codes; null: not known for certain. */
const details: readonly (readonly [string, StepDetail | null])[] = [
  ["waiting for its turn", { is: "queued" }],
  ["as planned", { is: "as_planned" }],
  ["planned now", { is: "planned_now" }],
  ["nothing to install", { is: "nothing_to_install" }],
  ["not looked inside: the node has no SSH access", { is: "not_discovered" }],
  ["no services", { is: "services", list: "", without: 0, most: 0, mostBytes: 0 }],
  ["stopped, as it did not shut down in time", { is: "stopped_hard" }],
  ["it is gone already", { is: "gone" }],
  ["it was gone already", { is: "gone_before" }],
  ["cancelled too late: it was destroyed", { is: "destroyed_anyway" }],
  ["skipped", { is: "skipped", by: null }],
  ["skipped by Ada: the first", { is: "skipped", by: "Ada: the first" }],
  ["stopped: the run was cancelled", { is: "cancelled", by: null }],
  ["cancelled by Ada", { is: "cancelled", by: "Ada" }],
  ["it did not come to its end", { is: "not_ended" }],
  ["downloading", { is: "downloading", percent: null, totalBytes: null }],
  ["VMID 101", { is: "reserved", vmid: 101 }],
  ["CT 101", { is: "created", vmid: 101, taken: [] }],
  ["CT 103, as VMID 101, 102 was taken", { is: "created", vmid: 103, taken: [101, 102] }],
  ["already on local", { is: "image_there", storage: "local" }],
  ["downloaded to local", { is: "downloaded", storage: "local" }],
  ["192.168.1.20", { is: "address", address: "192.168.1.20" }],
  ["fd00::20", { is: "address", address: "fd00::20" }],
  ["65 % of 98 MiB", null],
  ["node pve is unreachable", null],
  ["postgresql (5432), redis (6379)", null],
];

beforeAll(async () => {
  await asAdmin(`CREATE DATABASE ${name}`);
  const all = await listMigrations();
  const before = all.findIndex((migration) => migration.name.endsWith("_waiting_codes"));
  await migrate(url, all.slice(0, before));
  db = createDb(url);
  const sentences = [...stored.map(([sentence]) => sentence), ""];
  // Only the runs, and of what they point at what a later migration asks for.
  await db.$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    const projectId = randomUUID();
    await transaction.$executeRaw`INSERT INTO "Project" ("id", "organizationId", "name", "slug") VALUES (${projectId}::uuid, gen_random_uuid(), 'p', 'p')`;
    for (const sentence of [...sentences, null]) {
      const containerId = randomUUID();
      await transaction.$executeRaw`INSERT INTO "Container" ("id", "projectId", "nodeId", "templateRevisionId", "createdById", "hostname", "spec", "updatedAt")
        VALUES (${containerId}::uuid, ${projectId}::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'web-1', '{}', now())`;
      await transaction.$executeRaw`INSERT INTO "Run" ("id", "kind", "state", "containerId", "nodeId", "userId", "requestKey", "waitingFor")
        VALUES (gen_random_uuid(), 'start', 'waiting', ${containerId}::uuid, gen_random_uuid(), gen_random_uuid(), ${sentence ?? "nothing"}, ${sentence})`;
    }
  });
  await db.$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const sentence of [...nodeReasons.map(([sentence]) => sentence), "node lab is unreachable", null])
      await transaction.$executeRaw`INSERT INTO "ProxmoxNode" ("id", "userId", "name", "host", "tokenId", "tokenSecret", "updatedAt", "stateReason", "report")
        VALUES (gen_random_uuid(), gen_random_uuid(), ${sentence ?? "online"}, 'pve', 't', 's', now(), ${sentence}, ${report}::jsonb)`;
  });
  await db.$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const [index, [type, message]] of events.entries())
      await transaction.$executeRaw`INSERT INTO "ContainerEvent" ("id", "containerId", "type", "message", "metadata")
        VALUES (${index}, gen_random_uuid(), ${type}, ${message}, '{"runId": "r"}')`;
  });
  await db.$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const text of [...details.map(([text]) => text), "", null])
      await transaction.$executeRaw`INSERT INTO "RunStep" ("id", "runId", "position", "name", "title", "detail")
        VALUES (gen_random_uuid(), gen_random_uuid(), 0, ${text ?? "nothing"}, '', ${text})`;
    await transaction.$executeRaw`INSERT INTO "RunAttempt" ("id", "runId", "stepId", "attempt", "detail")
      VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'as planned')`;
  });
  for (const resolution of resolutions)
    await asAdmin(
      `SET session_replication_role = replica;
      INSERT INTO "Orphan" ("id", "kind", "state", "subject", "userId", "resolution")
      VALUES (gen_random_uuid(), 'dead_lock', 'resolved', '${resolution}', gen_random_uuid(), '${resolution}')`,
      url,
    );
  await migrate(url, all);
});
afterAll(async () => {
  await db.$disconnect();
  await asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
});

const waitingFor = async (requestKey: string) =>
  (await db.run.findFirstOrThrow({ where: { requestKey }, select: { waitingFor: true } })).waitingFor;

test.each(stored)("“%s” is stored as %j, and reads as before", async (sentence, code) => {
  const waiting = readWaitingFor(await waitingFor(sentence));
  expect(waiting).toEqual(code);
  expect(waiting && waitingText(waiting)).toBe(inTodaysTerms(sentence));
});

/** What was called a turn and a line is a slot and a queue now. */
function inTodaysTerms(sentence: string): string {
  return sentence
    .replace(/^a turn on/, "a slot on")
    .replace(/(\d(?:st|nd|rd|th)) in line/, "$1 in the queue")
    .replace("it is its turn now", "its slot is free now")
    .replace(/^waiting for its turn$/, "waiting for a slot");
}

test("a run that waits for nothing still does", async () => {
  expect([await waitingFor(""), await waitingFor("nothing")]).toEqual([null, null]);
});

test.each(resolutions)("an orphan that was settled as “%s” still is", async (resolution) => {
  const stored = await db.orphan.findFirstOrThrow({ where: { subject: resolution }, select: { resolution: true } });
  expect(stored.resolution).toMatch(/^[a-z_]+$/);
  expect(resolutionText(stored.resolution)).toBe(resolution);
});

const nodeReason = async (name: string) =>
  (await db.proxmoxNode.findFirstOrThrow({ where: { name }, select: { stateReason: true } })).stateReason;

test.each(nodeReasons)("a node's “%s” is stored as %j, and reads as before", async (sentence, code) => {
  const stored = await nodeReason(sentence);
  expect(stored).toEqual(code ?? { why: "text", text: sentence });
  const reason = readNodeReason(stored);
  expect(reason && nodeReasonText(reason)).toBe(sentence);
});

test("what a poll stored of a node begins with a capital now; a node without a reason has none", async () => {
  const reason = readNodeReason(await nodeReason("node lab is unreachable"));
  expect(reason && nodeReasonText(reason)).toBe("Node lab is unreachable.");
  expect(await nodeReason("online")).toBeNull();
});

test.each(events.map(([type, sentence, data], id) => ({ id, type, sentence, data })))(
  "$type, “$sentence”, has $data, and reads as before",
  async ({ id, sentence, data }) => {
    const { type, metadata } = await db.containerEvent.findUniqueOrThrow({ where: { id } });
    expect(metadata).toEqual({ runId: "r", ...data });
    expect(containerEventText(readContainerEvent({ type, metadata }))).toBe(sentence);
  },
);

const stepDetail = async (name: string) =>
  (await db.runStep.findFirstOrThrow({ where: { name }, select: { detail: true } })).detail;

test.each(details)("“%s” beside a step is stored as %j, and reads as before", async (text, code) => {
  const stored = await stepDetail(text);
  expect(stored).toEqual(code ?? { is: "text", text: text });
  const detail = readStepDetail(stored);
  expect(detail && stepDetailText(detail)).toBe(inTodaysTerms(text));
});

test("a step beside which nothing stood has none; an attempt's words go the same way", async () => {
  expect([await stepDetail(""), await stepDetail("nothing")]).toEqual([null, null]);
  expect(await db.runAttempt.findFirstOrThrow()).toMatchObject({ detail: { is: "as_planned" } });
});

async function asAdmin(sql: string, at = server): Promise<void> {
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
