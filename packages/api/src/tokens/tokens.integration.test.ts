// API tokens over a real database: each does what its person may and it was given, is told apart in the log, and ends at once.
import { randomUUID } from "node:crypto";
import type { TokenPermission } from "@homeport/domain/access/token-scope";
import { lockAccount } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext, memberContext } from "../context";
import { readRunLog } from "../run-log";
import { RECENT_MS } from "../recent-sign-in";
import {
  browser,
  containerInput,
  joins,
  linkTo,
  onlineNode,
  PASSWORD,
  person,
  program,
  readyContainer,
  SECRETS,
  startApi,
  template,
  tokenOf,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { MOST_TOKENS } from "./create";

let api: TestApi;
let ada: TestPerson;
let nodeId: string;
let revisionId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
});
afterAll(() => api.close());

const input = (name: string) => ({ name, days: 30, permissions: ["run:read" as const], projectIds: null });
const listedOf = (who: TestPerson) => api.db.apiToken.count({ where: { userId: who.id } });
/** Until so many connections wait for a lock. */
const waitsForLock = (count: number) =>
  expect
    .poll(async () => {
      const [row] = await api.db.$queryRaw<{ waiting: number }[]>`
        SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return row?.waiting;
    })
    .toBe(count);
const listed = async (who: TestPerson) => (await who.caller()).tokens.list();

test("a token is shown once, kept as a hash, and says what it may do", async () => {
  const { id, token, expiresAt } = await (await ada.caller()).tokens.create(input("backup"));
  expect(token).toMatch(/^homeport_[\w-]{43}$/);
  expect(expiresAt.getTime() - api.clock.now.getTime()).toBe(30 * 86_400_000);
  const [row] = await listed(ada);
  expect(row).toMatchObject({ id, name: "backup", prefix: token.slice(0, 15), projects: null, lastUsedAt: null });
  const stored = JSON.stringify([await api.db.apiToken.findMany(), row, await (await ada.caller()).activity.list()]);
  expect(stored).not.toContain(token.slice(15));

  expect(await (await program(api, token).caller()).tokens.own()).toEqual({
    name: "backup",
    person: { name: "Ada", email: ada.email },
    permissions: ["project:read", "run:read"],
    projectIds: null,
    expiresAt,
  });
  expect((await listed(ada))[0]).toMatchObject({ lastUsedAt: api.clock.now, lastUsedIp: "192.0.2.1" });
  expect(await (await ada.caller()).tokens.own()).toBeNull();
});

test("a program creates, operates, reveals and destroys, without a page and without a password; its lines name the token", async () => {
  const { token } = await tokenOf(ada, { name: "deploy" });
  const caller = await program(api, token).caller();
  const { landing } = await caller.projects.list();
  expect(landing.id).toBe(ada.projectId);
  const { runId } = await caller.containers.create(containerInput(nodeId, revisionId, "by-token"));
  expect(await caller.runs.get({ id: runId })).toMatchObject({ kind: "provision" });
  const { containerId } = await readyContainer(api, ada, {
    nodeId,
    templateRevisionId: revisionId,
    hostname: "web",
    vmid: 100,
  });
  api.clock.now = new Date(api.clock.now.getTime() + RECENT_MS + 1);
  expect(
    await (await program(api, token).caller()).containers.revealCredentials({ id: containerId, service: "web" }),
  ).toEqual({
    password: SECRETS.credential,
  });
  await (await program(api, token).caller()).containers.destroy({ id: containerId, requestKey: randomUUID() });
  const lines = await api.db.auditLog.findMany({
    where: { details: { path: ["token"], string_starts_with: "deploy (homeport_" } },
    orderBy: { id: "asc" },
  });
  expect(lines.map(({ action, actorEmail, userAgent }) => [action, actorEmail, userAgent])).toEqual(
    ["container.create", "secret.reveal", "container.destroy"].map((action) => [action, ada.email, "test program"]),
  );
  await (await ada.caller()).auth.confirmPassword({ password: PASSWORD });
  // A log is read by it too.
  const headers = new Headers({ authorization: `Bearer ${token}` });
  const ctx = memberContext(await createContext({ req: { headers }, deps: api.deps }));
  if (ctx === null) throw new Error("the token is known");
  for await (const piece of readRunLog(ctx, { runId })) expect(typeof piece).toBe("string");
});

test("no token does what is about an account, its sessions and tokens, members, people, nodes' secrets or the engine", async () => {
  const caller = await program(api, (await tokenOf(ada)).token).caller();
  for (const call of [
    () => caller.sessions.list(),
    () => caller.tokens.list(),
    () => caller.tokens.create(input("more")),
    () => caller.auth.changePassword({ current: PASSWORD, next: "another night in the lab" }),
    () => caller.auth.confirmPassword({ password: PASSWORD }),
    () => caller.address.change({ email: "other@example.com" }),
    () => caller.people.list(),
    () => caller.mails.list(),
    () => caller.engine.status(),
    () => caller.nodes.destroy({ id: nodeId }),
    () => caller.organizations.leave({ id: randomUUID() }),
    () => caller.projects.setMemberRole({ projectId: ada.projectId, userId: ada.id, role: "ADMIN" }),
  ])
    expect(await refusal(call())).toMatchObject({ code: "forbidden", message: "No API token may do this: sign in." });
  expect(await caller.auth.me()).toBeNull();
});

test("a token has no more than its person: not above their role, nothing while they are out", async () => {
  const [organization] = await (await ada.caller()).organizations.list();
  const organizationId = organization?.id ?? "";
  const bob = await joins(api, { organizationId, role: "VIEWER" });
  await api.db.projectMember.create({
    data: { projectId: ada.projectId, userId: bob.id, role: "VIEWER", inheritedFromOrg: false },
  });
  const { token } = await tokenOf(bob);
  const act = async () =>
    (await program(api, token).caller()).containers.create(containerInput(nodeId, revisionId, "viewers"));
  expect((await refusal(act())).message).toContain("Your role in this project does not allow it.");
  const containers = async () => (await program(api, token).caller()).containers.list({ projectId: ada.projectId });
  expect((await containers()).length).toBeGreaterThan(0);
  await api.db.projectMember.deleteMany({ where: { userId: bob.id, projectId: ada.projectId } });
  expect((await refusal(containers())).code).toBe("not_found");
});

test("a call with a token counts by it alone: a cookie beside it gives nothing, another scheme or service's token takes nothing", async () => {
  const { token } = await tokenOf(ada, { permissions: ["template:read"] });
  const both = await ada.caller({ more: { authorization: `bearer ${token}` } });
  expect((await both.templates.list()).length).toBe(1);
  expect((await refusal(both.nodes.list())).message).toContain("(node:read)");
  const unknown = await ada.caller({ more: { authorization: `Bearer ${token.slice(0, -1)}` } });
  for (const call of [() => unknown.templates.list(), () => unknown.auth.me(), () => unknown.auth.signOut()])
    expect((await refusal(call())).code).toBe("unauthenticated");
  for (const authorization of [
    `Bearer\t${token}`,
    `Bearer "${token}"`,
    `Bearer ${token} y`,
    token,
    `Bearer ${token}, Bearer x`,
  ])
    expect((await refusal((await ada.caller({ more: { authorization } })).templates.list())).code).toBe(
      "unauthenticated",
    );
  for (const authorization of ["Basic YWRhOmxhYg==", "Bearer eyJhbGciOiJub25lIn0.e30.", "Bearer idp.my-homeport_x"])
    expect((await (await ada.caller({ more: { authorization } })).auth.me())?.id).toBe(ada.id);
});

test("what was done under a key is answered to the same token again, and to no other", async () => {
  const [wide, narrow] = [
    await tokenOf(ada),
    await tokenOf(ada, { permissions: ["container:write"], projectIds: [ada.projectId] }),
  ];
  const input = containerInput(nodeId, revisionId, "keyed");
  const create = async ({ token }: { token: string }) => (await program(api, token).caller()).containers.create(input);
  const first = await create(wide);
  expect(await create(wide)).toEqual(first);
  expect(await refusal(create(narrow))).toMatchObject({ code: "conflict", exists: null });
});

test("signing up and in is a page's business, with a token too", async () => {
  const headers = {
    "content-type": "application/json",
    "sec-fetch-site": "cross-site",
    authorization: `Bearer ${(await tokenOf(ada)).token}`,
  };
  const caller = await browser(api, { headers }).caller();
  expect((await refusal(caller.auth.signIn({ email: ada.email, password: PASSWORD }))).message).toBe(
    "Only Homeport's own pages may do this.",
  );
});

test("what a page of another site can send is still refused with a token", async () => {
  const { token } = await tokenOf(ada);
  const headers = { "content-type": "text/plain", authorization: `Bearer ${token}` };
  const form = await browser(api, { headers }).caller();
  expect((await refusal(form.runs.cancel({ id: randomUUID() }))).message).toBe("Only application/json is taken.");
});

test("what a right needs is given with it, and nothing else", async () => {
  const given = async (permission: TokenPermission) => {
    const { token } = await tokenOf(ada, { permissions: [permission] });
    return (await (await program(api, token).caller()).tokens.own())?.permissions;
  };
  expect(await given("template:read")).toEqual(["template:read"]);
  expect(await given("secret:read")).toEqual(["project:read", "container:read", "secret:read"]);
  expect(await given("run:write")).toEqual([
    ...["project:read", "template:read", "container:read", "run:read", "container:write", "run:write"],
  ]);
});

test("a stream that waits ends at once when its token is revoked or has ended, and when its session ends elsewhere", async () => {
  const { id, token } = await tokenOf(ada);
  const bob = await person(api, "Bob");
  /** Reads until the stream ends; `end` is called at its first event. */
  const ending = (end: () => Promise<unknown>, stream: Promise<AsyncIterable<unknown>>) =>
    refusal(
      (async () => {
        let ends: Promise<unknown> | undefined;
        try {
          for await (const _event of await stream) ends ??= end();
        } finally {
          await ends;
        }
      })(),
    );
  const revoke = async () => (await ada.caller()).tokens.revoke({ id });
  expect((await ending(revoke, (await program(api, token).caller()).nodes.watch())).code).toBe("unauthenticated");
  const { id: lapsing, token: short } = await tokenOf(ada);
  await api.db.apiToken.update({
    where: { id: lapsing },
    data: { expiresAt: new Date(api.clock.now.getTime() + 200) },
  });
  const lapse = () => {
    api.clock.now = new Date(api.clock.now.getTime() + 1_000);
    return Promise.resolve();
  };
  expect((await ending(lapse, (await program(api, short).caller()).nodes.watch())).code).toBe("unauthenticated");
  const away = async () => {
    await api.db.session.deleteMany({ where: { user: { id: bob.id } } });
  };
  expect((await ending(away, (await bob.caller()).nodes.watch())).message).toContain("You were signed out.");
});

test("a token is made for a while, under a name of its own, for projects that one is in, and not without end", async () => {
  const eve = await person(api, "Eve");
  const create = async (more: object) => refusal((await eve.caller()).tokens.create({ ...input("one"), ...more }));
  expect((await create({ projectIds: [ada.projectId] })).code).toBe("not_found");
  expect((await create({ projectIds: [] })).fields).toEqual({ projectIds: "Choose a project." });
  expect((await create({ permissions: [] })).fields).toEqual({ permissions: "Choose what it may do." });
  expect((await create({ permissions: ["organization:read"], projectIds: [eve.projectId] })).fields).toEqual({
    permissions: "What is of no project takes all projects: organizations, and your nodes.",
  });
  for (const more of [{ permissions: ["account:write"] }, { days: 0 }, { days: 367 }, { name: " " }])
    expect((await create(more)).code).toBe("invalid");
  expect((await create({})).code).toBe("accepted");
  expect((await create({})).fields).toEqual({
    name: "You have an API token of this name already: choose another name, or revoke that one.",
  });
  await api.db.apiToken.createMany({
    data: Array.from({ length: MOST_TOKENS - 1 }, (_, at) => ({
      userId: eve.id,
      name: `n${at}`,
      prefix: "p",
      tokenHash: randomUUID(),
      permissions: [],
      allProjects: true,
      expiresAt: api.clock.now,
    })),
  });
  expect((await create({ name: "more" })).message).toContain(
    "which is the most at once. Revoke those that nobody needs.",
  );
  const [newest] = await listed(eve);
  await (await eve.caller()).tokens.revoke({ id: newest?.id ?? "" });
  expect((await create({ name: "more" })).code).toBe("accepted");
});

test("a new password by a mailed link ends every token, also one that is made at the same moment; so does disabling the account", async () => {
  const kim = await person(api, "Kim");
  const { token } = await tokenOf(kim);
  const use = async (one: string) => (await refusal((await program(api, one).caller()).templates.list())).code;
  expect(await use(token)).toBe("accepted");
  await (await browser(api).caller()).reset.ask({ email: kim.email });
  const link = await linkTo(api, kim.email);
  // Both wait for the account at the same time: the password is first, as it came first.
  const late = await kim.caller();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = api.db.$transaction(async (transaction) => {
    await lockAccount(transaction, kim.id);
    await held;
  });
  const finishing = (async () =>
    (await browser(api).caller()).reset.finish({ token: link, password: "another night in the lab" }))();
  await waitsForLock(1);
  const making = refusal(late.tokens.create(input("late")));
  await waitsForLock(2);
  release();
  await holding;
  expect(await finishing).toMatchObject({ endedTokens: 1 });
  expect((await making).code).toBe("unauthenticated");
  expect(await use(token)).toBe("unauthenticated");
  expect(await listedOf(kim)).toBe(0);

  const again = browser(api);
  await (await again.caller()).auth.signIn({ email: kim.email, password: "another night in the lab" });
  const second = await (await again.caller()).tokens.create(input("second"));
  expect(await (await ada.caller()).people.disable({ id: kim.id })).toMatchObject({ endedTokens: 1 });
  expect(await use(second.token)).toBe("unauthenticated");
  await (await ada.caller()).people.enable({ id: kim.id });
  expect(await use(second.token)).toBe("unauthenticated");
});
