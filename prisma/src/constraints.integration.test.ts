// What PostgreSQL enforces by hand-written SQL, by name and by deed: Prisma's drift check sees none of it.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase, type TestDatabase } from "./testing";

let database: TestDatabase;
let sql: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
});
afterAll(async () => {
  await sql.end();
  await database.close();
});

const names = async (query: string): Promise<string[]> =>
  (await sql.query<{ name: string }>(query)).rows.map(({ name }) => name).sort();

test("every partial index is there", async () => {
  expect(
    await names(`SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '% WHERE %'`),
  ).toEqual([
    ...["approval_open", "container_live_vmid"],
    ...["invitation_open_email", "lease_unread"],
    "mail_queued",
    "proxmox_node_live_name",
    "proxmox_node_one_default",
    "run_one_active_per_container",
  ]);
});

test("every check is there", async () => {
  expect(
    await names(
      `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`,
    ),
  ).toEqual([
    ...["approval_decided", "approval_run", "approval_text_length"],
    ...["audit_beginning_one_row", "audit_check_broken_what", "audit_check_one_row"],
    "audit_head_number",
    "container_event_code",
    "container_vmid_range",
    "installation_one_row",
    "invitation_accepted_by_somebody",
    "invitation_ends_once",
    ...["invitation_role_of_a_project", "lease_hours", "lease_stage", "lease_version"],
    "mail_content",
    "mail_response_length",
    "mail_settled",
    ...["organization_personal_open", "orphan_resolution_code", "passkey_challenge_session"],
    ...["project_lease", "project_node_quota", "project_node_vmids"],
    ...["proxmox_node_draft", "proxmox_node_draft_is_no_default"],
    "proxmox_node_limits",
    "proxmox_node_ports",
    "proxmox_node_retired",
    "proxmox_node_state_reason_code",
    "proxmox_node_vmid_range",
    ...["quota_limits", "quota_of_one"],
    ...["run_attempt_detail_code", "run_attempt_error_length"],
    "run_decision_known",
    "run_ended_once_final",
    "run_log_text_length",
    "run_step_detail_code",
    "run_step_error_length",
    "run_subject_container",
    "run_waiting_for_code",
  ]);
});

test("every trigger is there, and enabled", async () => {
  expect(await names(`SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'`)).toEqual([
    "api_token_announce",
    "audit_head_append_only",
    "audit_head_no_truncate",
    "audit_log_append_only",
    "audit_log_chain",
    "audit_log_no_truncate",
    "container_announce",
    ...["container_ends_lease", "container_project_is_live", "lease_announce", "lease_announce_change"],
    "node_announce",
    "node_announce_change",
    "node_observation_announce",
    "organization_keeps_an_owner",
    "orphan_announce",
    "project_node_owner",
    "project_retires_empty",
    "proxmox_node_unshare",
    "run_announce",
    "run_log_announce",
    "run_log_order",
    "session_announce",
    "template_revision_immutable",
  ]);
});

async function makeUser(): Promise<string> {
  const { id } = await database.db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Ada", passwordHash: "x" },
  });
  return id;
}

async function makePlace(ownerId?: string) {
  const userId = ownerId ?? (await makeUser());
  const organization = await database.db.organization.create({
    data: {
      name: "o",
      slug: randomUUID(),
      members: { create: { userId, role: "OWNER" } },
      projects: { create: { name: "p", slug: randomUUID() } },
    },
    include: { members: true, projects: true },
  });
  const node = await database.db.proxmoxNode.create({
    data: { userId, name: randomUUID(), host: "h", tokenId: "t", tokenSecret: "s" },
  });
  const template = await database.db.template.create({
    data: { name: randomUUID(), revisions: { create: { revision: 1, hash: "h", definition: {} } } },
    include: { revisions: true },
  });
  const base = {
    projectId: organization.projects[0]?.id ?? "",
    nodeId: node.id,
    templateRevisionId: template.revisions[0]?.id ?? "",
    createdById: userId,
    spec: {},
  };
  return { userId, organization, node, base };
}

async function makeRun() {
  const { userId, node, base } = await makePlace();
  const container = await database.db.container.create({ data: { ...base, hostname: "a" } });
  const subject = { subjectType: "container", subjectId: container.id, containerId: container.id } as const;
  const data = { ...subject, projectId: base.projectId, nodeId: node.id, userId, kind: "start" as const };
  const run = await database.db.run.create({
    data: { ...data, requestKey: randomUUID(), steps: { create: { name: "start", title: "Start", position: 0 } } },
    include: { steps: true },
  });
  return { run, data, stepId: run.steps[0]?.id ?? "" };
}

test("a bare sentence is refused wherever a code is stored", async () => {
  const { run, data, stepId } = await makeRun();
  const sentence = "The node cannot be reached.";
  const { db } = database;
  await db.runAttempt.create({ data: { runId: run.id, stepId, attempt: 1 } });
  const orphan = { kind: "stale_lock" as const, subject: randomUUID(), userId: data.userId };
  const writes: [string, () => Promise<unknown>][] = [
    [
      "proxmox_node_state_reason_code",
      () => db.proxmoxNode.update({ where: { id: data.nodeId }, data: { stateReason: sentence } }),
    ],
    ["run_waiting_for_code", () => db.run.update({ where: { id: run.id }, data: { waitingFor: sentence } })],
    ["run_step_detail_code", () => db.runStep.update({ where: { id: stepId }, data: { detail: { text: sentence } } })],
    ["run_attempt_detail_code", () => db.runAttempt.updateMany({ where: { stepId }, data: { detail: sentence } })],
    ["orphan_resolution_code", () => db.orphan.create({ data: { ...orphan, resolution: sentence } })],
    [
      "container_event_code",
      () => db.containerEvent.create({ data: { containerId: data.containerId, type: sentence } }),
    ],
  ];

  for (const [name, write] of writes) await expect(write()).rejects.toThrow(name);
});

test("template_revision_immutable: neither its number nor its content changes, and the same content may come again", async () => {
  const { base } = await makePlace();
  const where = { id: base.templateRevisionId };
  const before = await database.db.templateRevision.findUniqueOrThrow({ where });

  for (const data of [{ revision: 9 }, { definition: { other: true } }, { hash: "other" }])
    await expect(database.db.templateRevision.update({ where, data })).rejects.toThrow("immutable");

  expect(await database.db.templateRevision.findUniqueOrThrow({ where })).toEqual(before);
  const { templateId, hash } = before;
  await database.db.templateRevision.create({ data: { templateId, hash, revision: 2, definition: {} } });
});

test("proxmox_node_draft: a change that nobody saved has an end, is never the default, and two may bear one name", async () => {
  const { userId, node } = await makePlace();
  const draft = { userId, name: node.name, host: "h", tokenId: "t", tokenSecret: "s" };
  await expect(database.db.proxmoxNode.create({ data: { ...draft, replacesId: node.id } })).rejects.toThrow();
  await expect(
    database.db.proxmoxNode.create({ data: { ...draft, draftUntil: new Date(), isDefault: true } }),
  ).rejects.toThrow();
  const { id } = await database.db.proxmoxNode.create({
    data: { ...draft, draftUntil: new Date(), replacesId: node.id },
  });
  await expect(
    database.db.proxmoxNode.update({ where: { id }, data: { draftUntil: null, replacesId: null } }),
  ).rejects.toMatchObject({ code: "P2002" });
});

test("proxmox_node_one_default: a person has one default node, another person one of their own", async () => {
  const { userId, node } = await makePlace();
  const second = await database.db.proxmoxNode.create({
    data: { userId, name: "second", host: "h", tokenId: "t", tokenSecret: "s", isDefault: true },
  });
  await expect(
    database.db.proxmoxNode.update({ where: { id: node.id }, data: { isDefault: true } }),
  ).rejects.toMatchObject({ code: "P2002" });
  expect(second.isDefault).toBe(true);
  const other = await makePlace();
  await database.db.proxmoxNode.update({ where: { id: other.node.id }, data: { isDefault: true } });
});

test("container_live_vmid: a live container holds its VMID on its node; a deleted one does not", async () => {
  const { base } = await makePlace();
  const first = await database.db.container.create({ data: { ...base, hostname: "a", vmid: 100 } });
  await expect(database.db.container.create({ data: { ...base, hostname: "b", vmid: 100 } })).rejects.toMatchObject({
    code: "P2002",
  });
  await database.db.container.update({ where: { id: first.id }, data: { lifecycle: "deleted" } });
  await database.db.container.create({ data: { ...base, hostname: "b", vmid: 100 } });
  const elsewhere = await makePlace();
  await database.db.container.create({ data: { ...elsewhere.base, hostname: "b", vmid: 100 } });
});

test("run_one_active_per_container: a second operation waits until the first has ended", async () => {
  const { run, data } = await makeRun();
  const another = () => database.db.run.create({ data: { ...data, requestKey: randomUUID() } });
  for (const state of ["queued", "running", "waiting", "awaiting_decision", "paused"] as const) {
    await database.db.run.update({ where: { id: run.id }, data: { state } });
    await expect(another()).rejects.toMatchObject({ code: "P2002" });
  }
  await database.db.run.update({ where: { id: run.id }, data: { state: "done", endedAt: new Date() } });
  await another();
});

test("run_subject_container: a run of a container names it twice alike, and is in its project", async () => {
  const { run, data } = await makeRun();
  const other = await makeRun();
  const elsewhere = await makePlace();
  await database.db.run.update({ where: { id: run.id }, data: { state: "done", endedAt: new Date() } });
  const begin = (change: object) => database.db.run.create({ data: { ...data, ...change, requestKey: randomUUID() } });

  await expect(begin({ containerId: null })).rejects.toThrow("run_subject_container");
  await expect(begin({ containerId: other.data.containerId })).rejects.toThrow("run_subject_container");
  await expect(begin({ subjectId: other.data.containerId })).rejects.toThrow("run_subject_container");
  await expect(begin({ projectId: elsewhere.base.projectId })).rejects.toMatchObject({ code: "P2003" });
  await begin({});
});

test("a container that moves to another project takes its runs along", async () => {
  const { run, data } = await makeRun();
  const { projectId } = (await makePlace()).base;
  await database.db.container.update({ where: { id: data.containerId }, data: { projectId } });
  expect(await database.db.run.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ projectId });
});

test("run_ended_once_final: a run has ended when its state says so, and never otherwise", async () => {
  const { run } = await makeRun();
  const write = (data: Parameters<typeof database.db.run.update>[0]["data"]) =>
    database.db.run.update({ where: { id: run.id }, data });
  for (const state of ["done", "failed", "cancelled", "undone"] as const)
    await expect(write({ state })).rejects.toThrow("run_ended_once_final");
  await expect(write({ endedAt: new Date() })).rejects.toThrow("run_ended_once_final");
  await write({ state: "done", endedAt: new Date() });
  for (const state of ["queued", "running", "waiting", "awaiting_decision", "paused"] as const)
    await expect(write({ state })).rejects.toThrow("run_ended_once_final");
});

test("container_vmid_range and proxmox_node_ports: what Proxmox and TCP cannot have is refused", async () => {
  const { base, node } = await makePlace();
  for (const vmid of [99, 1_000_000_000])
    await expect(database.db.container.create({ data: { ...base, hostname: "a", vmid } })).rejects.toThrow(
      "container_vmid_range",
    );
  for (const data of [{ port: 0 }, { sshPort: 65_536 }])
    await expect(database.db.proxmoxNode.update({ where: { id: node.id }, data })).rejects.toThrow(
      "proxmox_node_ports",
    );
});

test("run_step_error_length and run_log_text_length: bounded in bytes, not characters", async () => {
  const { run, stepId } = await makeRun();
  await database.db.runStep.update({ where: { id: stepId }, data: { error: "é".repeat(256) } });
  await expect(database.db.runStep.update({ where: { id: stepId }, data: { error: "é".repeat(257) } })).rejects.toThrow(
    "run_step_error_length",
  );
  const log = { runId: run.id, stepId, attempt: 1, stream: "output", byteOffset: 0n };
  await expect(database.db.runLog.create({ data: { ...log, text: "x".repeat(131_073) } })).rejects.toThrow(
    "run_log_text_length",
  );
  await database.db.runLog.create({ data: { ...log, text: "x".repeat(131_072) } });
  await expect(database.db.runLog.create({ data: { ...log, text: "twice" } })).rejects.toMatchObject({ code: "P2002" });
});

test("organization_keeps_an_owner: the last one can be neither removed nor demoted, but the organization can go", async () => {
  const { organization } = await makePlace();
  const id = organization.members[0]?.id ?? "";
  await expect(database.db.organizationMember.delete({ where: { id } })).rejects.toThrow();
  await expect(database.db.organizationMember.update({ where: { id }, data: { role: "ADMIN" } })).rejects.toThrow();
  await database.db.organizationMember.create({
    data: { organizationId: organization.id, userId: await makeUser(), role: "OWNER" },
  });
  await database.db.organizationMember.delete({ where: { id } });
  await database.db.organization.delete({ where: { id: organization.id } });
});

test("organization_keeps_an_owner: of the last two, who leave at once, one stays", async () => {
  const { organization } = await makePlace();
  const { id: second } = await database.db.organizationMember.create({
    data: { organizationId: organization.id, userId: await makeUser(), role: "OWNER" },
  });
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const leave = async (client: pg.Client, id: string | undefined): Promise<void> => {
    await client.query("BEGIN");
    await client.query(`DELETE FROM "OrganizationMember" WHERE "id" = $1`, [id]);
    // What COMMIT does first, with the other's change still to come.
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  };
  await leave(sql, organization.members[0]?.id);
  const { rows } = await other.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const tooLate = leave(other, second).then(
    () => "left",
    (error: unknown) => String(error),
  );
  await expect
    .poll(() => database.db.$queryRaw`SELECT wait_event_type FROM pg_stat_activity WHERE pid = ${rows[0]?.pid}::int`)
    .toEqual([{ wait_event_type: "Lock" }]);
  await sql.query("COMMIT");
  expect(await tooLate).toContain("would have no owner");
  await other.end();
  expect(await database.db.organizationMember.count({ where: { organizationId: organization.id } })).toBe(1);
});

test("audit_log_chain: each line carries the hash of the one before it, also when many write at once", async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      database.db.auditLog.create({ data: { action: `test.${i}`, hash: "forged", previousHash: "forged" } }),
    ),
  );
  const rows = await database.db.auditLog.findMany({ orderBy: { id: "asc" } });
  rows.forEach((row, i) => {
    expect(row.previousHash).toBe(rows[i - 1]?.hash ?? "");
  });
  await sql.query("SET TimeZone = 'UTC'");
  const { rows: broken } = await sql.query(
    `SELECT "id" FROM "AuditLog" a WHERE "hash" <> encode(sha256(convert_to("previousHash" || (to_jsonb(a) - 'hash' - 'previousHash' - CASE WHEN a."actorKind" IS NULL THEN 'actorKind' ELSE '' END)::text, 'UTF8')), 'hex')`,
  );
  expect(broken).toEqual([]);
});
test("audit_log_append_only, audit_head_append_only and their no_truncate: no line and no signature is changed or removed", async () => {
  await database.db.auditLog.create({ data: { action: "test.kept" } });
  const head = { entryId: 1, entryHash: "h", entryAt: new Date(), signedAt: new Date(), key: "k1", signature: "s" };
  await database.db.auditHead.create({ data: { ...head, number: 1, previousSignature: "" } });
  for (const statement of [`UPDATE "AuditLog" SET "action" = 'x'`, `UPDATE "AuditHead" SET "signature" = 'x'`])
    await expect(sql.query(statement)).rejects.toThrow("append-only");
  for (const table of [`"AuditLog"`, `"AuditHead"`])
    for (const statement of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`])
      await expect(sql.query(statement)).rejects.toThrow("append-only");
});

test("audit_check_broken_what: a break says what is broken", async () => {
  const found = { wholeAt: new Date(), checkedAt: new Date(), brokenId: 1 };
  for (const data of [found, { ...found, brokenWhat: "x" }, { ...found, brokenId: null, brokenWhat: "entry" }])
    await expect(database.db.auditCheck.create({ data })).rejects.toThrow("broken_what");
});

test("run_log_order: of two writers at once the later to commit has the later ids, so that no reader misses a piece", async () => {
  const { run, stepId } = await makeRun();
  const writers = [
    new pg.Client({ connectionString: database.url }),
    new pg.Client({ connectionString: database.url }),
  ] as const;
  const insert = (client: pg.Client, stream: string) =>
    client.query<{ id: string }>(
      `INSERT INTO "RunLog" ("runId", "stepId", "attempt", "stream", "byteOffset", "text") VALUES ($1, $2, 1, $3, 0, 'x') RETURNING "id"`,
      [run.id, stepId, stream],
    );
  const [early, late] = writers;
  try {
    await Promise.all(writers.map((client) => client.connect()));
    await early.query("BEGIN");
    const first = await insert(early, "early");
    const second = insert(late, "late");
    // The second can only be waiting for the first's lock: nothing of it is visible before the first commits.
    await expect
      .poll(
        async () => (await sql.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount,
      )
      .toBe(1);
    await early.query("COMMIT");
    expect(BigInt((await second).rows[0]?.id ?? 0)).toBeGreaterThan(BigInt(first.rows[0]?.id ?? 0));
  } finally {
    await Promise.all(writers.map((client) => client.end()));
  }
});

test("no delete of a person, a node, a project, an organization or a container takes a run along", async () => {
  const { run, data, stepId } = await makeRun();
  await database.db.runLog.create({
    data: { runId: run.id, stepId, attempt: 1, stream: "output", byteOffset: 0n, text: "kept" },
  });
  const { projectId } = await database.db.container.findUniqueOrThrow({ where: { id: data.containerId } });
  const { organizationId } = await database.db.project.findUniqueOrThrow({ where: { id: projectId } });
  const subjects = {
    User: data.userId,
    ProxmoxNode: data.nodeId,
    Project: projectId,
    Organization: organizationId,
    Container: data.containerId,
  };
  for (const [table, id] of Object.entries(subjects))
    await expect(sql.query(`DELETE FROM "${table}" WHERE "id" = $1`, [id]), table).rejects.toThrow("foreign key");
  expect(await database.db.runLog.count({ where: { runId: run.id } })).toBe(1);
  // Found by the catalog, so that a table that is added later is looked at as well: only parts of a record go with their record.
  const cascades = await names(
    `SELECT conrelid::regclass || ' of ' || confrelid::regclass AS name FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'c' AND confrelid IN ('"User"'::regclass, '"ProxmoxNode"'::regclass, '"Project"'::regclass, '"Container"'::regclass)`,
  );
  expect(cascades.map((name) => name.replaceAll('"', ""))).toEqual([
    "ApiToken of User",
    "ApiTokenProject of Project",
    "ContainerEvent of Container",
    "ContainerService of Container",
    "DirectSighting of ProxmoxNode",
    "EmailVerificationToken of User",
    "GuestObservation of ProxmoxNode",
    "Invitation of Project",
    ...["Invitation of User", "Invitation of User", "Lease of Container"],
    "NodeObservation of ProxmoxNode",
    "OrganizationMember of User",
    ...["Passkey of User", "PasswordResetToken of User"],
    "Plan of User",
    ...["ProjectMember of Project", "ProjectMember of User"],
    ...["Quota of Project", "Quota of User"],
    ...["RecoveryCode of User", "SecondFactor of User", "Session of User"],
    "Turn of ProxmoxNode",
  ]);
});

test("proxmox_node_retired, proxmox_node_live_name: a retired node keeps no secret and frees its name", async () => {
  const { userId, node } = await makePlace();
  const again = { userId, name: node.name, host: "h", tokenId: "t", tokenSecret: "s" };
  await expect(database.db.proxmoxNode.create({ data: again })).rejects.toMatchObject({ code: "P2002" });
  await expect(
    database.db.proxmoxNode.update({ where: { id: node.id }, data: { retiredAt: new Date() } }),
  ).rejects.toThrow();
  await database.db.proxmoxNode.update({ where: { id: node.id }, data: { retiredAt: new Date(), tokenSecret: "" } });
  await database.db.proxmoxNode.create({ data: again });
});

test("project_node_owner, proxmox_node_unshare: only its owner shares a node, one that is saved, until it is removed", async () => {
  const { userId, node, base } = await makePlace();
  const { projectId } = base;
  const share = (sharedById: string) =>
    database.db.projectNode.create({ data: { projectId, nodeId: node.id, sharedById } });
  await expect(share(await makeUser())).rejects.toThrow("by its owner");
  const draftUntil = new Date(Date.now() + 60_000);
  await database.db.proxmoxNode.update({ where: { id: node.id }, data: { draftUntil } });
  await expect(share(userId)).rejects.toThrow("only a saved node is shared");
  await database.db.proxmoxNode.update({ where: { id: node.id }, data: { draftUntil: null } });
  await share(userId);
  await expect(sql.query(`DELETE FROM "ProxmoxNode" WHERE "id" = $1`, [node.id])).rejects.toThrow("foreign key");
  await database.db.proxmoxNode.update({ where: { id: node.id }, data: { retiredAt: new Date(), tokenSecret: "" } });
  expect(await database.db.projectNode.count({ where: { nodeId: node.id } })).toBe(0);
});

test("rows announce themselves: each kind on the channel, one message per transaction, none for a mere look or sighting", async () => {
  const heard: string[] = [];
  sql.on("notification", ({ payload = "" }) => heard.push(payload));
  await sql.query("LISTEN homeport");
  const { run, stepId, data } = await makeRun();
  await database.db.runLog.createMany({
    data: [0n, 1n, 2n].map((byteOffset) => ({
      runId: run.id,
      stepId,
      attempt: 1,
      stream: "output",
      byteOffset,
      text: "x",
    })),
  });
  await database.db.nodeObservation.create({ data: { nodeId: data.nodeId, seenAt: new Date() } });
  await expect
    .poll(() => heard)
    .toEqual([
      `node:${data.nodeId}`,
      `container:${data.containerId}`,
      `run:${run.id}`,
      `log:${run.id}`,
      `guests:${data.nodeId}`,
    ]);
  heard.length = 0;
  await database.db.proxmoxNode.update({ where: { id: data.nodeId }, data: { lookedAt: new Date() } });
  await database.db.proxmoxNode.update({ where: { id: data.nodeId }, data: { lastSeenAt: new Date() } });
  await database.db.proxmoxNode.update({ where: { id: data.nodeId }, data: { state: "online" } });
  const { node } = await makePlace();
  await database.db.proxmoxNode.delete({ where: { id: node.id } });
  await expect.poll(() => heard).toEqual([`node:${data.nodeId}`, `node:${node.id}`, `node:${node.id}`]);
});
