// A stranger sees nothing and touches nothing: every procedure that takes an id is tried with another person's.
import { randomUUID } from "node:crypto";
import { firstLimits } from "@homeport/domain/node/share-limits";
import { noQuota } from "@homeport/domain/quota/quota";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { appRouter } from "./root";
import { readRunLog } from "./run-log";
import { createContext, memberContext } from "./context";
import {
  batchInput,
  browser,
  containerInput,
  onlineNode,
  person,
  readyContainer,
  sameOrigin,
  SECRETS,
  startApi,
  template,
  tokenOf,
  program,
  type TestApi,
  type TestPerson,
} from "./testing/fixture";
import {
  isTokenPermission,
  needsAllProjects,
  TokenPermissions,
  tokenPermissionText,
} from "@homeport/domain/access/token-scope";
import { refusal } from "./testing/refusal";
import { passkeyOf } from "./testing/use-passkeys";

let api: TestApi;
let owner: TestPerson;
let stranger: TestPerson;
let token: { id: string; token: string };
let ids: {
  nodeId: string;
  containerId: string;
  runId: string;
  revisionId: string;
  sessionId: string;
  batchId: string;
  orphanId: string;
  organizationId: string;
  organizationSlug: string;
  invitationId: string;
  tokenId: string;
  passkeyId: string;
  approvalId: string;
};

beforeAll(async () => {
  api = await startApi();
  [owner, stranger] = [await person(api, "Owner"), await person(api, "Stranger")];
  const [nodeId, revisionId] = [await onlineNode(api, owner, "pve"), await template(api)];
  const { containerId, runId } = await readyContainer(api, owner, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "web",
    vmid: 100,
  });
  const [session] = await (await owner.caller()).sessions.list();
  const { batchId } = await (await owner.caller()).batches.create(batchInput(nodeId, revisionId, "many-{1..2}"));
  const { id: orphanId } = await api.db.orphan.create({
    data: { kind: "stale_lock", subject: `lock:${nodeId}:100`, userId: owner.id, nodeId, vmid: 100 },
  });
  const [organization] = await (await owner.caller()).organizations.list();
  const [organizationId, organizationSlug] = [organization?.id ?? "", organization?.slug ?? ""];
  const { id: invitationId } = await (
    await owner.caller()
  ).invitations.create({ organizationId, email: "", role: "VIEWER", projectId: "", projectRole: "inherited" });
  const asking = await owner.caller();
  await asking.quotas.setProject({ projectId: owner.projectId, quota: { ...noQuota, containers: 0 } });
  const { id: approvalId } = await asking.approvals.ask({
    ...containerInput(nodeId, revisionId, "asked"),
    reason: "A demo.",
  });
  await asking.quotas.setProject({ projectId: owner.projectId, quota: noQuota });
  // Whoever has a passkey makes tokens with it.
  await api.db.session.updateMany({ where: { userId: owner.id }, data: { factorAt: api.clock.now } });
  token = await tokenOf(owner);
  ids = {
    nodeId,
    containerId,
    runId,
    revisionId,
    sessionId: session?.id ?? "",
    batchId,
    orphanId,
    organizationId,
    organizationSlug,
    invitationId,
    tokenId: token.id,
    passkeyId: await passkeyOf(api, owner.id),
    approvalId,
  };
});
afterAll(() => api.close());

type Caller = Awaited<ReturnType<TestPerson["caller"]>>;
const first = async (stream: Promise<AsyncIterable<unknown>>): Promise<unknown> => {
  for await (const event of await stream) return event;
  return undefined;
};

/** By procedure: the call with the owner's ids. */
const foreign: Record<string, (caller: Caller) => Promise<unknown>> = {
  "sessions.end": (caller) => caller.sessions.end({ id: ids.sessionId }),
  "tokens.revoke": (caller) => caller.tokens.revoke({ id: ids.tokenId }),
  "passkeys.rename": (caller) => caller.passkeys.rename({ id: ids.passkeyId, name: "Mine" }),
  "passkeys.remove": (caller) => caller.passkeys.remove({ id: ids.passkeyId }),
  "tokens.create": (caller) =>
    caller.tokens.create({ name: "t", days: 1, permissions: ["run:read"], projectIds: [owner.projectId] }),
  "nodes.get": (caller) => caller.nodes.get({ id: ids.nodeId }),
  "nodes.update": (caller) =>
    caller.nodes.update({
      id: ids.nodeId,
      name: "mine",
      host: "10.9.9.9",
      tokenId: "root@pam!intruder",
      tokenSecret: SECRETS.token,
    }),
  "nodes.save": (caller) => caller.nodes.save({ id: ids.nodeId }),
  "nodes.destroy": (caller) => caller.nodes.destroy({ id: ids.nodeId }),
  "nodes.setDefault": (caller) => caller.nodes.setDefault({ id: ids.nodeId }),
  "nodes.probe": (caller) => caller.nodes.probe({ id: ids.nodeId }),
  "nodes.confirm": (caller) =>
    caller.nodes.confirm({ id: ids.nodeId, tlsFingerprint: "AA:BB", sshHostKey: "SHA256:abc" }),
  "nodes.inventory": (caller) => caller.nodes.inventory({ id: ids.nodeId }),
  "nodes.vmid": (caller) => caller.nodes.vmid({ nodeId: ids.nodeId, vmid: 100 }),
  "nodes.nextVmid": (caller) => caller.nodes.nextVmid({ nodeId: ids.nodeId }),
  "nodes.usable": (caller) => caller.nodes.usable({ projectId: owner.projectId }),
  "nodes.held": (caller) => caller.nodes.held({ nodeId: ids.nodeId, projectId: stranger.projectId }),
  "nodes.shares": (caller) => caller.nodes.shares({ id: ids.nodeId }),
  "nodes.share": (caller) => caller.nodes.share({ id: ids.nodeId, projectId: stranger.projectId }),
  "nodes.limitShare": (caller) =>
    caller.nodes.limitShare({ id: ids.nodeId, projectId: owner.projectId, limits: firstLimits }),
  "quotas.room": (caller) => caller.quotas.room({ nodeId: ids.nodeId, projectId: stranger.projectId }),
  "approvals.ask": (caller) =>
    caller.approvals.ask({ ...containerInput(ids.nodeId, ids.revisionId, "intruder"), reason: "r" }),
  "approvals.approve": (caller) => caller.approvals.approve({ id: ids.approvalId }),
  "approvals.refuse": (caller) => caller.approvals.refuse({ id: ids.approvalId, answer: "" }),
  "approvals.withdraw": (caller) => caller.approvals.withdraw({ id: ids.approvalId }),
  "quotas.project": (caller) => caller.quotas.project({ projectId: owner.projectId }),
  "quotas.organization": (caller) => caller.quotas.organization({ organizationId: ids.organizationId }),
  "quotas.setProject": (caller) => caller.quotas.setProject({ projectId: owner.projectId, quota: noQuota }),
  "quotas.setOrganization": (caller) =>
    caller.quotas.setOrganization({ organizationId: ids.organizationId, quota: noQuota }),
  "leases.set": (caller) =>
    caller.leases.set({ id: ids.containerId, endsAt: "2027-06-01T00:00:00Z", graceHours: null }),
  "leases.extend": (caller) => caller.leases.extend({ id: ids.containerId }),
  "leases.remove": (caller) => caller.leases.remove({ id: ids.containerId }),
  "leases.ofProject": (caller) => caller.leases.ofProject({ projectId: owner.projectId }),
  "leases.setOfProject": (caller) => caller.leases.setOfProject({ projectId: owner.projectId, lease: null }),
  "nodes.unshare": (caller) => caller.nodes.unshare({ id: ids.nodeId, projectId: stranger.projectId }),
  "containers.get": (caller) => caller.containers.get({ id: ids.containerId }),
  "containers.plan": (caller) => {
    const { requestKey: _, ...input } = containerInput(ids.nodeId, ids.revisionId, "intruder");
    return caller.containers.plan(input);
  },
  "containers.create": (caller) => caller.containers.create(containerInput(ids.nodeId, ids.revisionId, "intruder")),
  "containers.start": (caller) => caller.containers.start({ id: ids.containerId, requestKey: randomUUID() }),
  "containers.stop": (caller) => caller.containers.stop({ id: ids.containerId, requestKey: randomUUID() }),
  "containers.shutdown": (caller) => caller.containers.shutdown({ id: ids.containerId, requestKey: randomUUID() }),
  "containers.reboot": (caller) => caller.containers.reboot({ id: ids.containerId, requestKey: randomUUID() }),
  "containers.destroy": (caller) => caller.containers.destroy({ id: ids.containerId, requestKey: randomUUID() }),
  "containers.revealCredentials": (caller) =>
    caller.containers.revealCredentials({ id: ids.containerId, service: "web" }),
  "batches.create": (caller) => caller.batches.create(batchInput(ids.nodeId, ids.revisionId, "intruder-{1..2}")),
  "batches.get": (caller) => caller.batches.get({ id: ids.batchId }),
  "batches.retryFailed": (caller) => caller.batches.retryFailed({ id: ids.batchId, requestKey: randomUUID() }),
  "batches.cancelRest": (caller) => caller.batches.cancelRest({ id: ids.batchId, requestKey: randomUUID() }),
  "orphans.settle": (caller) =>
    caller.orphans.settle({
      id: ids.orphanId,
      projectId: stranger.projectId,
      action: "ignore",
      requestKey: randomUUID(),
    }),
  "runs.get": (caller) => caller.runs.get({ id: ids.runId }),
  "runs.decide": (caller) => caller.runs.decide({ id: ids.runId, decision: "retry", requestKey: randomUUID() }),
  "runs.pause": (caller) => caller.runs.pause({ id: ids.runId, requestKey: randomUUID() }),
  "runs.resume": (caller) => caller.runs.resume({ id: ids.runId, requestKey: randomUUID() }),
  "runs.stepInput": (caller) => caller.runs.stepInput({ id: ids.runId, step: "create" }),
  "runs.input": (caller) => caller.runs.input({ id: ids.runId }),
  "runs.again": (caller) => caller.runs.again({ id: ids.runId, requestKey: randomUUID() }),
  "runs.compare": (caller) => caller.runs.compare({ a: ids.runId, b: ids.runId }),
  "runs.cancel": (caller) => caller.runs.cancel({ id: ids.runId }),
  "runs.list": (caller) => caller.runs.list({ projectId: owner.projectId }),
  "batches.list": (caller) => caller.batches.list({ projectId: owner.projectId }),
  "containers.list": (caller) => caller.containers.list({ projectId: owner.projectId }),
  "containers.changes": (caller) => first(caller.containers.changes({ projectId: owner.projectId })),
  "containers.watch": (caller) => first(caller.containers.watch({ projectId: owner.projectId })),
  "projects.create": (caller) =>
    caller.projects.create({
      organizationId: ids.organizationId,
      name: "n",
      slug: "intruder",
      requestKey: randomUUID(),
    }),
  "projects.update": (caller) => caller.projects.update({ id: owner.projectId, name: "n", slug: "intruder" }),
  "projects.members": (caller) => caller.projects.members({ projectId: owner.projectId }),
  "projects.setMemberRole": (caller) =>
    caller.projects.setMemberRole({ projectId: owner.projectId, userId: stranger.id, role: "ADMIN" }),
  "projects.removeMember": (caller) => caller.projects.removeMember({ projectId: owner.projectId, userId: owner.id }),
  "projects.destroy": (caller) => caller.projects.destroy({ id: owner.projectId, name: "default" }),
  "organizations.destroy": (caller) =>
    caller.organizations.destroy({ id: ids.organizationId, name: "Owner's organization" }),
  "projects.get": (caller) => caller.projects.get({ slug: owner.slug }),
  "projects.of": (caller) => caller.projects.of({ noun: "container", id: ids.containerId }),
  "organizations.get": (caller) => caller.organizations.get({ slug: ids.organizationSlug }),
  "organizations.update": (caller) =>
    caller.organizations.update({ id: ids.organizationId, name: "n", slug: "intruder" }),
  "organizations.requireSecondFactor": (caller) =>
    caller.organizations.requireSecondFactor({ id: ids.organizationId, required: true }),
  "organizations.members": (caller) => caller.organizations.members({ id: ids.organizationId }),
  "organizations.setRole": (caller) =>
    caller.organizations.setRole({ organizationId: ids.organizationId, userId: owner.id, role: "VIEWER" }),
  "organizations.removeMember": (caller) =>
    caller.organizations.removeMember({ organizationId: ids.organizationId, userId: owner.id }),
  "invitations.list": (caller) => caller.invitations.list({ organizationId: ids.organizationId }),
  "invitations.create": (caller) =>
    caller.invitations.create({
      organizationId: ids.organizationId,
      email: "",
      role: "VIEWER",
      projectId: "",
      projectRole: "inherited",
    }),
  "invitations.renew": (caller) => caller.invitations.renew({ id: ids.invitationId }),
  "invitations.revoke": (caller) => caller.invitations.revoke({ id: ids.invitationId }),
  "organizations.leave": (caller) => caller.organizations.leave({ id: ids.organizationId }),
  "runs.watch": (caller) => first(caller.runs.watch({ id: ids.runId })),
};

/** Of who set the installation up, whatever they name: mails/mails.integration.test.ts, people/people.integration.test.ts. */
const ofSetUp = [
  ...["mails.list", "mails.open", "mails.sendAgain", "mails.discard"],
  ...["people.list", "people.disable", "people.enable", "people.endSecondFactor", "people.setQuota"],
];

/** Those whose input names nothing of anybody's. */
const withoutId = [
  "auth.signUp",
  "auth.signIn",
  "auth.signOut",
  "auth.changePassword",
  "auth.confirmPassword",
  "auth.me",
  "auth.signUpMode",
  "auth.signInDemo",
  "live.watch", // refuses each of its topics for itself: live/watch.integration.test.ts
  "people.isMine",
  "secondFactor.show",
  ...["secondFactor.begin", "secondFactor.confirm", "secondFactor.giveCode"],
  "secondFactor.renewCodes",
  "secondFactor.turnOff",
  ...["passkeys.place", "passkeys.beginSignIn", "passkeys.signIn", "passkeys.list", "passkeys.beginRegister"],
  ...["passkeys.register", "passkeys.beginConfirm", "passkeys.confirm", "passkeys.renewCodes"],
  "tokens.list",
  "tokens.own",
  "address.show",
  "address.sendLink",
  "address.change",
  "address.cancelChange",
  "address.showLink", // these five take a token, which is no id: address/ and reset/
  "address.confirm",
  "reset.ask",
  "reset.show",
  "reset.finish",
  "sessions.list",
  "sessions.endOthers",
  "approvals.list",
  "approvals.openCount",
  "nodes.list",
  "nodes.drafts",
  "nodes.create",
  "nodes.watch",
  "templates.list",
  "templates.get",
  "templates.troubles",
  "orphans.list",
  "orphans.openCount",
  "orphans.scan",
  "activity.list",
  "activity.integrity",
  "engine.status",
  "projects.list",
  "organizations.list",
  "organizations.create",
  "invitations.show", // takes a token, which is no id: invitations.integration.test.ts
  "invitations.accept",
];

test("every procedure is tried below, or takes no id", () => {
  expect(Object.keys(appRouter._def.procedures).sort()).toEqual(
    [...Object.keys(foreign), ...ofSetUp, ...withoutId].sort(),
  );
});

/** Ids in an input that name nothing of anybody's, or whose own check is tested elsewhere. */
const harmless = [
  "requestKey", // of the person's own click
  "cursor", // only compared
  "actor", // filters what they may see
  "person", // has to be themselves: live/watch.integration.test.ts
  "containerId", // filters what they may see, below
  "topics", // live/watch.integration.test.ts
];

// tRPC keeps each procedure's inputs there, and does not say so in its types.
const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { inputs?: z.ZodType[]; meta?: { permission?: string } } }
>;

test("what takes no id has none in its input", () => {
  const takesId = withoutId.filter((path) => {
    const inputs = procedures[path]?._def.inputs ?? [];
    return inputs.some((input) => {
      const { properties = {} } = z.toJSONSchema(input, { unrepresentable: "any", io: "input" });
      return Object.entries(properties).some(
        ([name, property]) => !harmless.includes(name) && JSON.stringify(property).includes('"uuid"'),
      );
    });
  });
  expect(takesId).toEqual([]);
});

describe("another person's id", () => {
  test.each(Object.keys(foreign))("%s does not find it, and says the same as for one that never was", async (path) => {
    const before = await snapshot();
    const reported = await refusal((foreign[path] ?? (() => Promise.resolve()))(await stranger.caller()));
    expect(reported.code).toBe("not_found");
    expect(reported.message).toMatch(/^There is no such/);
    expect(await snapshot()).toEqual(before);
  });
});

/** Of the owner's, who could do each of these: what a token was not given is refused before anything is looked at. */
describe("a program with a token", () => {
  const paths = Object.keys(foreign);
  /** Of rights that no procedure with an id takes. */
  const lists: typeof foreign = {
    "templates.list": (caller) => caller.templates.list(),
    "activity.list": (caller) => caller.activity.list(),
  };
  const call = async (path: string, by: Pick<TestPerson, "caller">) =>
    refusal((foreign[path] ?? lists[path] ?? (() => Promise.resolve()))(await by.caller()));
  const permissionOf = (path: string): string => procedures[path]?._def.meta?.permission ?? "";

  test("of another person gets from no procedure what its person would not get", async () => {
    const theirs = program(api, (await tokenOf(stranger)).token);
    const before = await snapshot();
    for (const path of paths) {
      const { code } = await call(path, theirs);
      const given = isTokenPermission(permissionOf(path));
      expect([path, code]).toEqual([path, given ? "not_found" : "forbidden"]);
    }
    expect(await snapshot()).toEqual(before);
  });

  test.each(TokenPermissions)("that has all but %s is refused every procedure that takes it", async (without) => {
    const given = await tokenOf(owner);
    // Some would be given with what needs them.
    const permissions = TokenPermissions.filter((one) => one !== without);
    await api.db.apiToken.update({ where: { id: given.id }, data: { permissions } });
    const less = program(api, given.token);
    const before = await snapshot();
    const taking = [...paths, ...Object.keys(lists)].filter((one) => permissionOf(one) === without);
    expect(taking).not.toEqual([]);
    for (const path of taking) {
      const { code, message } = await call(path, less);
      expect([path, code, message]).toEqual([
        path,
        "forbidden",
        expect.stringContaining(`it was not given the right “${tokenPermissionText[without]}” (${without}).`),
      ]);
    }
    expect(await snapshot()).toEqual(before);
  });

  test("for another project of its person finds nothing of this one", async () => {
    const other = await api.db.project.create({
      data: { organizationId: ids.organizationId, name: "other", slug: `other-${randomUUID().slice(0, 8)}` },
    });
    const permissions = TokenPermissions.filter((one) => !needsAllProjects(one));
    const narrow = program(api, (await tokenOf(owner, { permissions, projectIds: [other.id] })).token);
    // On its person's nodes it may create in its own project.
    const nodes = ["nodes.inventory", "nodes.vmid", "nodes.nextVmid"];
    const before = await snapshot();
    for (const path of paths.filter((one) => !nodes.includes(one))) {
      const { code } = await call(path, narrow);
      const given = permissions.some((one) => one === permissionOf(path));
      expect([path, code]).toEqual([path, given ? "not_found" : "forbidden"]);
    }
    expect(await snapshot()).toEqual(before);
    const caller = await narrow.caller();
    expect((await caller.projects.list()).items.map(({ id }) => id)).toEqual([other.id]);
    expect((await caller.activity.list()).items).toEqual([]);
    expect((await caller.templates.list()).map(({ containerCount }) => containerCount)).toEqual([0]);
  });

  test("that was revoked, has ended, or never was, is refused everywhere in one sentence", async () => {
    const revoked = await tokenOf(owner);
    await (await owner.caller()).tokens.revoke({ id: revoked.id });
    const old = await tokenOf(owner);
    await api.db.apiToken.update({ where: { id: old.id }, data: { expiresAt: api.clock.now } });
    for (const one of [revoked.token, old.token, `${token.token}x`])
      for (const path of paths)
        expect([path, await call(path, program(api, one))]).toMatchObject([
          path,
          { code: "unauthenticated", message: expect.stringContaining("This API token is not known") as string },
        ]);
  });
});

test("lists hold only what is one's own", async () => {
  const caller = await stranger.caller();
  expect(await caller.nodes.list()).toEqual([]);
  expect(await caller.nodes.drafts()).toEqual([]);
  const { projectId } = stranger;
  expect((await caller.projects.list()).items.map(({ id }) => id)).toEqual([projectId]);
  expect((await caller.organizations.list()).map(({ id }) => id)).not.toContain(ids.organizationId);
  expect(await caller.containers.list({ projectId, includeDeleted: true })).toEqual([]);
  expect((await caller.runs.list({ projectId, containerId: ids.containerId })).items).toEqual([]);
  expect((await caller.batches.list({ projectId })).items).toEqual([]);
  expect(await caller.orphans.openCount()).toBe(0);
  expect(await caller.orphans.list()).toMatchObject({ items: [], counts: { open: 0 }, unseen: [] });
  const activity = await caller.activity.list({});
  // With what they were refused above.
  expect(new Set(activity.items.map(({ actorName }) => actorName))).toEqual(new Set([stranger.name]));
  expect((await caller.activity.list({ actor: owner.id })).items).toEqual([]);
  expect((await caller.templates.list()).map(({ containerCount }) => containerCount)).toEqual([0]);
  expect((await caller.sessions.list()).length).toBe(1);
});

test("two people may call their nodes the same, and each has a default of their own", async () => {
  await onlineNode(api, stranger, "pve");
  expect(await (await stranger.caller()).nodes.list()).toMatchObject([{ name: "pve", isDefault: true }]);
  expect(await (await owner.caller()).nodes.list()).toMatchObject([{ name: "pve", isDefault: true }]);
});

test("a stranger cannot download a run's log", async () => {
  const ctx = memberContext(
    await createContext({
      req: { headers: new Headers({ ...sameOrigin, cookie: stranger.jar.cookie }) },
      deps: api.deps,
    }),
  );
  if (ctx === null) throw new Error("the stranger is signed in");
  await expect(readRunLog(ctx, { runId: ids.runId }).next()).rejects.toMatchObject({ code: "not_found" });
});

test("nobody who is signed out gets past the door, except where it is open on purpose", async () => {
  const nobody = await browser(api).caller();
  for (const path of Object.keys(foreign))
    expect([path, (await refusal((foreign[path] ?? (() => Promise.resolve()))(nobody))).code]).toEqual([
      path,
      "unauthenticated",
    ]);
  const refused = await Promise.all(
    [
      nobody.nodes.list(),
      nobody.templates.list(),
      nobody.activity.list({}),
      nobody.activity.integrity(),
      nobody.engine.status(),
      nobody.projects.list(),
      nobody.sessions.list(),
    ].map(refusal),
  );
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["unauthenticated"]));
});

async function snapshot() {
  const { db } = api;
  const [nodes, containers, runs, sessions, lines] = await Promise.all([
    db.proxmoxNode.findMany({ where: { userId: owner.id } }),
    db.container.findMany(),
    db.run.findMany(),
    db.session.count(),
    // What was refused stands in the record of who tried; of a stranger in nobody else's.
    db.auditLog.count({
      where: {
        OR: [
          { action: { not: "access.refuse" } },
          { actorId: stranger.id, OR: [{ projectId: { not: null } }, { organizationId: { not: null } }] },
        ],
      },
    }),
  ]);
  return { nodes, containers, runs, sessions, lines, asked: [...api.engine.asked] };
}
