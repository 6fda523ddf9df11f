// What holds for every procedure: a permission, an audit line per mutation, no secret and no raw failure in any answer.
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Permissions, type Permission } from "@homeport/domain/access/permission";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { firstLimits } from "@homeport/domain/node/share-limits";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appRouter } from "./root";
import { seedDemo } from "./seed";
import {
  batchInput,
  browser,
  containerInput,
  finishRun,
  nodeInput,
  onlineNode,
  PASSWORD,
  person,
  readyContainer,
  SECRETS,
  startApi,
  template,
  tested,
  type TestApi,
} from "./testing/fixture";
import { refusal, someText } from "./testing/refusal";
import { useApprovals } from "./testing/use-approvals";
import { useAddress } from "./testing/use-address";
import { usePasskeys } from "./testing/use-passkeys";
import { useOrganizations } from "./testing/use-organizations";
import { harmlessTwice } from "./testing/harmless-twice";
import { useLeases } from "./testing/use-leases";
import { useQuotas } from "./testing/use-quotas";

let api: TestApi;
const demoFile = path.join(mkdtempSync(path.join(tmpdir(), "homeport-demo-")), "demo.json");
const demoTokenFile = `${demoFile}.token`;
const DEMO_TOKEN = "a token of the demo person";
beforeAll(async () => {
  api = await startApi({ demoFile, demoTokenFile, publicUrl: "https://homeport.lan" });
});
afterAll(() => api.close());

type Procedure = {
  _def: {
    type: "query" | "mutation" | "subscription";
    meta?: { permission?: Permission; open?: string };
    inputs: { shape?: object }[];
  };
};
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>); // the type names each, the test all

test("every procedure names its permission, or why it needs none", () => {
  for (const [path, { _def }] of procedures) {
    const named = _def.meta?.open ?? Permissions.find((permission) => permission === _def.meta?.permission);
    expect([path, named]).toEqual([path, someText]);
  }
  const open = procedures.filter(([, { _def }]) => _def.meta?.open !== undefined).map(([path]) => path);
  expect(open).toEqual([
    "auth.signUp",
    "auth.signIn",
    "auth.signOut",
    "auth.me",
    "auth.signUpMode",
    "auth.signInDemo",
    "tokens.own",
    ...["passkeys.place", "passkeys.beginSignIn", "passkeys.signIn"],
    "address.showLink",
    "address.confirm",
    "reset.ask",
    "reset.show",
    "reset.finish",
    "invitations.show",
  ]);
  const writing = procedures.filter(
    ([, { _def }]) =>
      _def.type === "mutation" &&
      _def.meta?.permission !== undefined &&
      !/:write$|^secret:read$/.test(_def.meta.permission),
  );
  expect(writing).toEqual([]);
});

const keyed = procedures
  .filter(([, { _def }]) => _def.inputs.some(({ shape }) => shape !== undefined && "requestKey" in shape))
  .map(([path]) => path);

test("every mutation carries the key of its request, or doing it twice does no harm", () => {
  const mutations = procedures.filter(([, { _def }]) => _def.type === "mutation").map(([path]) => path);

  expect([...keyed, ...Object.keys(harmlessTwice)].sort()).toEqual(mutations.sort());
});

/** Every procedure once, as its owner, with all answers kept; what carries a key is sent twice, as after a lost answer. */
async function useEverything(): Promise<{ answers: Record<string, unknown>; lines: Record<string, string[]> }> {
  const ada = await person(api, "Everything");
  const nodeId = await onlineNode(api, ada, "pve");
  const revisionId = await template(api, "web-everything");
  const ready = async (hostname: string, vmid: number, status?: string) =>
    (
      await readyContainer(api, ada, {
        nodeId,
        templateRevisionId: revisionId,
        hostname,
        vmid,
        ...(status === undefined ? {} : { status }),
      })
    ).containerId;
  const [a, b, c, d] = [
    await ready("a", 101, "stopped"),
    await ready("b", 102),
    await ready("c", 103),
    await ready("d", 104),
  ];
  const caller = await ada.caller();
  const answers: Record<string, unknown> = {};
  const lines: Record<string, string[]> = {};
  const use = async <T>(path: string, call: (requestKey: string) => Promise<T>): Promise<T> => {
    const newest = (await api.db.auditLog.findFirst({ orderBy: { id: "desc" }, select: { id: true } }))?.id ?? 0n;
    const requestKey = randomUUID();
    const answer = await call(requestKey);
    answers[path] = answer;
    if (keyed.includes(path)) {
      expect([path, await call(requestKey)]).toEqual([path, answer]);
      expect([path, await api.db.idempotencyKey.count({ where: { key: requestKey } })]).toEqual([path, 1]);
    }
    lines[path] = (await api.db.auditLog.findMany({ where: { id: { gt: newest } } })).map(({ action }) => action);
    return answer;
  };
  const firstOf = async (path: string, stream: Promise<AsyncIterable<unknown>>) =>
    use(path, async () => {
      for await (const event of await stream) return event;
      return undefined;
    });

  await use("auth.me", () => caller.auth.me());
  await use("auth.signUpMode", () => caller.auth.signUpMode());
  await use("sessions.list", () => caller.sessions.list());
  await use("nodes.list", () => caller.nodes.list());
  await use("nodes.get", () => caller.nodes.get({ id: nodeId }));
  await use("nodes.inventory", () => caller.nodes.inventory({ id: nodeId }));
  await use("nodes.vmid", () => caller.nodes.vmid({ nodeId, vmid: 101 }));
  await use("nodes.nextVmid", () => caller.nodes.nextVmid({ nodeId }));
  await firstOf("nodes.watch", caller.nodes.watch());
  await firstOf("live.watch", caller.live.watch({ person: ada.id, topics: [{ path: "nodes.watch" }] }));
  const { id: second } = await use("nodes.create", () => caller.nodes.create(nodeInput("second")));
  await use("nodes.drafts", () => caller.nodes.drafts());
  await use("nodes.update", () => caller.nodes.update({ ...nodeInput("second"), id: second, name: "third" }));
  await use("nodes.setDefault", () => caller.nodes.setDefault({ id: nodeId }));
  await use("nodes.probe", () => caller.nodes.probe({ id: second }));
  await api.db.proxmoxNode.update({ where: { id: second }, data: { seenTlsFingerprint: "CC" } });
  await use("nodes.confirm", () => caller.nodes.confirm({ id: second, tlsFingerprint: "CC", sshHostKey: null }));
  await tested(api, second);
  await use("nodes.save", () => caller.nodes.save({ id: second }));
  const { projectId } = ada;
  await use("nodes.usable", () => caller.nodes.usable({ projectId }));
  await use("nodes.held", () => caller.nodes.held({ nodeId, projectId }));
  await use("nodes.share", () => caller.nodes.share({ id: second, projectId }));
  const limits = { ...firstLimits, privileged: true };
  await use("nodes.limitShare", () => caller.nodes.limitShare({ id: second, projectId, limits }));
  await use("nodes.shares", () => caller.nodes.shares({ id: second }));
  await use("nodes.unshare", () => caller.nodes.unshare({ id: second, projectId }));
  await use("nodes.destroy", () => caller.nodes.destroy({ id: second }));
  await use("templates.list", () => caller.templates.list());
  await use("templates.troubles", () => caller.templates.troubles());
  await use("templates.get", () => caller.templates.get({ name: "web-everything" }));
  const { requestKey: _, ...looked } = containerInput(nodeId, revisionId, "everything");
  await useQuotas(api, ada, { use, nodeId });
  await useLeases(api, ada, { use, containerId: b });
  await useApprovals(ada, { use, nodeId, revisionId });
  await use("containers.plan", () => caller.containers.plan(looked));
  const { runId } = await use("containers.create", (requestKey) =>
    caller.containers.create({ ...containerInput(nodeId, revisionId, "everything"), requestKey }),
  );
  await use("containers.list", () => caller.containers.list({ projectId: ada.projectId }));
  await use("containers.get", () => caller.containers.get({ id: a }));
  await firstOf("containers.changes", caller.containers.changes({ projectId: ada.projectId }));
  await firstOf("containers.watch", caller.containers.watch({ projectId: ada.projectId }));
  await use("containers.start", (requestKey) => caller.containers.start({ id: a, requestKey }));
  await use("containers.stop", (requestKey) => caller.containers.stop({ id: b, requestKey }));
  await use("containers.shutdown", (requestKey) => caller.containers.shutdown({ id: c, requestKey }));
  const { runId: rebooted } = await use("containers.reboot", (requestKey) =>
    caller.containers.reboot({ id: d, requestKey }),
  );
  await finishRun(api, rebooted);
  await use("containers.destroy", (requestKey) => caller.containers.destroy({ id: d, requestKey }));
  await use("containers.revealCredentials", () => caller.containers.revealCredentials({ id: a, service: "web" }));
  const { batchId } = await use("batches.create", (requestKey) =>
    caller.batches.create({ ...batchInput(nodeId, revisionId, "many-{1..2}"), requestKey }),
  );
  const { items } = await use("batches.get", () => caller.batches.get({ id: batchId }));
  await use("batches.list", () => caller.batches.list({ projectId: ada.projectId }));
  await finishRun(api, items[0]?.runId ?? "", "failed");
  await api.db.container.update({ where: { id: items[0]?.containerId ?? "" }, data: { lifecycle: "deleted" } });
  await finishRun(api, items[1]?.runId ?? "");
  await use("batches.retryFailed", (requestKey) => caller.batches.retryFailed({ id: batchId, requestKey }));
  await use("batches.cancelRest", (requestKey) => caller.batches.cancelRest({ id: batchId, requestKey }));
  await use("runs.list", () => caller.runs.list({ projectId: ada.projectId }));
  await use("runs.get", () => caller.runs.get({ id: runId }));
  await firstOf("runs.watch", caller.runs.watch({ id: runId }));
  await use("runs.pause", (requestKey) => caller.runs.pause({ id: runId, requestKey }));
  await use("runs.resume", (requestKey) => caller.runs.resume({ id: runId, requestKey }));
  await use("runs.input", () => caller.runs.input({ id: runId }));
  await use("runs.compare", () => caller.runs.compare({ a: runId, b: runId }));
  await use("runs.stepInput", () => caller.runs.stepInput({ id: runId, step: "script-configure" }));
  await api.db.run.update({ where: { id: runId }, data: { state: "awaiting_decision" } });
  await use("runs.decide", (requestKey) => caller.runs.decide({ id: runId, decision: "retry", requestKey }));
  await use("runs.cancel", (requestKey) => caller.runs.cancel({ id: runId, requestKey }));
  await api.db.container.updateMany({ where: { hostname: "everything" }, data: { lifecycle: "deleted", vmid: null } });
  await use("runs.again", (requestKey) => caller.runs.again({ id: runId, requestKey }));
  const orphan = await api.db.orphan.create({
    data: {
      kind: "stale_lock",
      subject: `lock:${nodeId}:101`,
      userId: ada.id,
      nodeId,
      vmid: 101,
      facts: { lock: "backup" },
    },
  });
  await use("orphans.list", () => caller.orphans.list());
  await use("orphans.openCount", () => caller.orphans.openCount());
  await use("orphans.scan", () => caller.orphans.scan());
  await use("orphans.settle", (requestKey) =>
    caller.orphans.settle({ id: orphan.id, projectId: ada.projectId, action: "ignore", requestKey }),
  );
  await use("activity.list", () => caller.activity.list({}));
  await use("activity.integrity", () => caller.activity.integrity());
  await use("engine.status", () => caller.engine.status());
  const { landing } = await use("projects.list", () => caller.projects.list());
  await use("projects.get", () => caller.projects.get({ slug: landing.slug }));
  const [organization] = await use("organizations.list", () => caller.organizations.list());
  const project = { name: "More", slug: `more-${randomUUID().slice(0, 8)}` };
  await use("projects.create", (requestKey) =>
    caller.projects.create({ ...project, organizationId: organization?.id ?? "", requestKey }),
  );
  await use("projects.update", () => caller.projects.update({ ...project, id: landing.id, slug: `${project.slug}-2` }));
  await useOrganizations(api, ada, use);
  await useAddress(api, ada, use);
  await usePasskeys(api, ada, use);
  await use("projects.of", () => caller.projects.of({ noun: "run", id: runId }));
  const guest = browser(api);
  await use("auth.signUp", async () =>
    (await guest.caller()).auth.signUp({ name: "Other", email: `${randomUUID()}@example.com`, password: PASSWORD }),
  );
  const again = browser(api);
  await use("auth.signIn", async () => (await again.caller()).auth.signIn({ email: ada.email, password: PASSWORD }));
  const session = (await caller.sessions.list()).find(({ current }) => !current);
  await use("sessions.end", () => caller.sessions.end({ id: session?.id ?? "" }));
  await use("sessions.endOthers", () => caller.sessions.endOthers());
  await use("auth.confirmPassword", () => caller.auth.confirmPassword({ password: PASSWORD }));
  await use("auth.changePassword", () =>
    caller.auth.changePassword({ current: PASSWORD, next: "another night in the lab" }),
  );
  await use("auth.signOut", () => caller.auth.signOut());
  await seedDemo({ ...api.deps, email: "demo@example.com", password: "demo password here" });
  writeFileSync(demoFile, JSON.stringify({ email: "demo@example.com", password: "demo password here" }));
  writeFileSync(demoTokenFile, JSON.stringify({ sha256: createHash("sha256").update(DEMO_TOKEN).digest("hex") }));
  await use("auth.signInDemo", async () => (await browser(api).caller()).auth.signInDemo({ token: DEMO_TOKEN }));
  return { answers, lines };
}

/** They ask a node and keep its answer, show what only a link's holder may see, or what a passkey is to sign, but change nothing that anybody could miss. */
const looking = [
  ...["containers.plan", "invitations.show", "reset.show", "address.showLink"],
  ...["beginSignIn", "beginRegister", "beginConfirm"].map((begin) => `passkeys.${begin}`),
];

test("no answer, audit line or log entry holds a secret; every mutation leaves one audit line and no query any", async () => {
  const { answers, lines } = await useEverything();
  expect(Object.keys(answers).sort()).toEqual(procedures.map(([path]) => path).sort());

  for (const [path, { _def }] of procedures) {
    expect([path, lines[path]?.length]).toEqual([path, _def.type === "mutation" && !looking.includes(path) ? 1 : 0]);
    for (const action of lines[path] ?? [])
      expect(action).toMatch(
        /^(account|token|mail|session|approval|organization|member|invitation|node|container|secret|run|batch|orphan|project)\.[a-z_]+$/,
      );
  }

  const { "containers.revealCredentials": revealed, ...others } = answers;
  expect(revealed).toEqual({ password: SECRETS.credential });
  const users = await api.db.user.findMany();
  const sessions = await api.db.session.findMany();
  const nodes = await api.db.proxmoxNode.findMany();
  const hidden = [
    ...Object.values(SECRETS),
    PASSWORD,
    "demo password here",
    ...users.map(({ passwordHash }) => passwordHash),
    ...sessions.map(({ id }) => id),
    ...nodes.flatMap(({ tokenSecret, sshPassword }) => [tokenSecret, sshPassword ?? tokenSecret]),
  ].filter((secret) => secret !== ""); // those of a retired node are blank
  const audit = await api.db.auditLog.findMany();
  for (const [place, what] of [
    ["answers", others],
    ["audit", audit.map(({ id, ...line }) => ({ ...line, id: String(id) }))],
    ["log", api.logged],
  ] as const) {
    const text = superjson.stringify(what);
    expect([place, hidden.filter((secret) => text.includes(secret))]).toEqual([place, []]);
  }
});

test("a failure that nobody foresaw is told by its number, and the rest stays in the log", async () => {
  const ada = await person(api, "Unlucky");
  const caller = await ada.caller();
  const { id } = await caller.nodes.create(nodeInput("pve"));
  const { db } = api.deps;
  // The cast: a client with an extension is a client.
  api.deps.db = db.$extends({
    query: { template: { findMany: () => Promise.reject(new Error("secretOf: the-query")) } },
  }) as unknown as typeof db;
  const reported = await refusal((await ada.caller()).templates.list());
  api.deps.db = db;
  expect(reported.fields).toBeNull();
  expect(reported.message).toMatch(/^Internal error [0-9a-f]{8}; /);
  expect(reported.message).not.toContain("secretOf");
  expect(api.logged).toContainEqual(
    expect.objectContaining({ id: /error ([0-9a-f]{8});/.exec(reported.message)?.[1], path: "templates.list" }),
  );
  expect(id).toBeDefined();
});

test("a text with a zero byte, which PostgreSQL cannot keep, is an input that is not right; a cookie that is no encoding is nobody's", async () => {
  const caller = await (await person(api, "Nul")).caller();
  const logged = api.logged.length;
  for (const asked of [
    () => caller.templates.get({ name: "nginx\0" }),
    () => caller.projects.get({ slug: "\0" }),
    () => caller.activity.list({ action: "run.\0" }),
  ])
    expect((await refusal(asked())).code).toBe("invalid");
  expect(api.logged.slice(logged)).toEqual([]);
  expect(await api.deps.auth.validate("homeport_session=%00%ff; __Host-homeport_session=%ff")).toBeNull();
});

test("a template that cannot be read takes none of the others down: it is named with its reason", async () => {
  const ada = await person(api, "Patient");
  const caller = await ada.caller();
  const before = await caller.templates.list();
  const [stored] = await api.db.templateRevision.findMany({ take: 1 });
  const definition = stored?.definition ?? {};
  await api.db.template.create({
    data: {
      name: "older",
      revisions: { create: { revision: 3, hash: "h", definition: { secretOf: "the-definition" } } },
    },
  });
  await api.db.template.create({ data: { name: "unborn", problem: "unborn/template.yaml:4: title: missing" } });
  await api.db.template.create({
    data: {
      name: "stale",
      problem: "stale/run.sh:2: not UTF-8.",
      revisions: { create: { revision: 1, hash: "h", definition } },
    },
  });
  expect((await caller.templates.list()).length).toBe(before.length + 1);
  const older = "was stored by another version of Homeport, and this one cannot read it.";
  expect(await caller.templates.troubles()).toEqual([
    { name: "older", reason: `Its revision 3 ${older}`, offered: false },
    { name: "stale", reason: "stale/run.sh:2: not UTF-8.", offered: true },
    { name: "unborn", reason: "unborn/template.yaml:4: title: missing", offered: false },
  ]);
  expect(await refusal(caller.templates.get({ name: "older" }))).toMatchObject({
    code: "conflict",
    message: `Revision 3 of the template older ${older}`,
  });
  await api.db.template.deleteMany({ where: { name: { in: ["older", "unborn", "stale"] } } });
});

test("a binary file is shown as what is known of it, never as text that it is not", async () => {
  const ada = await person(api, "Binary");
  const [stored] = await api.db.templateRevision.findMany({ take: 1 });
  const definition = TemplateDefinition.parse({
    ...TemplateDefinition.parse(stored?.definition),
    files: [
      { target: "/etc/k.gpg", encoding: "base64", content: Buffer.alloc(16).toString("base64") },
      { target: "/etc/t", content: "text\n" },
    ],
  });
  await api.db.template.create({
    data: { name: "keyring", revisions: { create: { revision: 1, hash: "h", definition } } },
  });
  const { files } = (await (await ada.caller()).templates.get({ name: "keyring" })).definition;
  expect(files.map(({ content }) => content)).toEqual([
    "Binary, 16 bytes, SHA-256 374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb\n",
    "text\n",
  ]);
  await api.db.template.delete({ where: { name: "keyring" } });
});

test("seeding the demo twice changes nothing; a lab at another place is brought up to date, pins and secrets included", async () => {
  const node = {
    name: "lab",
    host: "127.0.0.1",
    port: 8006,
    tokenId: "root@pam!homeport",
    tokenSecret: SECRETS.token,
    fingerprint: "AA:BB",
    hostKey: "SHA256:a",
    sshUser: "root",
    sshPort: 2222,
    sshPassword: SECRETS.ssh,
  };
  const seed = (change: Partial<typeof node> = {}) =>
    seedDemo({ ...api.deps, email: "lab@example.com", password: "demo password here", node: { ...node, ...change } });
  const first = await seed();
  expect(first.nodeChanged).toBe(true);
  const row = () => api.db.proxmoxNode.findUniqueOrThrow({ where: { id: first.nodeId ?? "" } });
  const before = await row();
  expect(before).toMatchObject({ isDefault: true, tlsFingerprint: "AA:BB", sshHostKey: "SHA256:a" });
  expect(await seed()).toEqual({ ...first, nodeChanged: false });
  expect(await row()).toEqual(before);
  expect(await seed({ port: 8007, fingerprint: "CC:DD", sshPassword: "changed" })).toEqual({
    ...first,
    nodeChanged: true,
  });
  const after = await row();
  expect(after).toMatchObject({ port: 8007, tlsFingerprint: "CC:DD", isDefault: true });
  expect(api.vault.open({ table: "ProxmoxNode", row: after.id, column: "sshPassword" }, after.sshPassword ?? "")).toBe(
    "changed",
  );
});
