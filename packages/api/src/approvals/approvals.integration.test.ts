// A container beyond a quota is asked for, and made, refused or withdrawn: by whoever could raise that quota, once.
import { randomUUID } from "node:crypto";
import { APPROVAL_DAYS } from "@homeport/domain/approval/approval-state";
import { noQuota, type Quota } from "@homeport/domain/quota/quota";
import { firstLimits } from "@homeport/domain/node/share-limits";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  containerInput,
  joins,
  mailTo,
  onlineNode,
  person,
  program,
  startApi,
  template,
  tokenOf,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { MOST_OPEN } from "./ask";

let api: TestApi;
let first: TestPerson;
let owner: TestPerson;
let node: TestPerson;
let bob: TestPerson;
let organizationId: string;
let projectId: string;
let nodeId: string;
let revisionId: string;

/** The first set Homeport up; the owner has the organization, a member of it the node that is shared, and Bob asks. */
beforeAll(async () => {
  api = await startApi();
  [first, owner] = [await person(api, "First"), await person(api, "Owner")];
  const slug = `o-${randomUUID().slice(0, 8)}`;
  const made = await (await owner.caller()).organizations.create({ name: "Lab", slug, requestKey: randomUUID() });
  organizationId = made.id;
  const project = { organizationId, name: "Web", slug, requestKey: randomUUID() };
  projectId = (await (await owner.caller()).projects.create(project)).id;
  [node, bob] = [
    await joins(api, { organizationId, role: "OPERATOR", name: "Node" }),
    await joins(api, { organizationId, role: "OPERATOR", name: "Bob" }),
  ];
  await api.db.projectMember.createMany({
    data: [node, bob].map(({ id: userId }) => ({ projectId, userId, role: "OPERATOR", inheritedFromOrg: true })),
  });
  await api.db.user.updateMany({ data: { emailVerifiedAt: new Date() } });
  [nodeId, revisionId] = [await onlineNode(api, node, "pve"), await template(api)];
  await (await node.caller()).nodes.share({ id: nodeId, projectId });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.db.quota.deleteMany();
  await api.db.approval.deleteMany();
  await api.db.container.updateMany({ data: { lifecycle: "deleted", vmid: null } });
});

const limitProject = async (quota: Partial<Quota>) =>
  (await owner.caller()).quotas.setProject({ projectId, quota: { ...noQuota, ...quota } });
const limitShare = async (quota: Partial<Quota>) =>
  (await node.caller()).nodes.limitShare({
    id: nodeId,
    projectId,
    limits: { ...firstLimits, quota: { ...noQuota, ...quota } },
  });
const input = (hostname: string) => ({ ...containerInput(nodeId, revisionId, hostname), projectId });
const ask = async (hostname: string, reason = "For the demo.") =>
  (await bob.caller()).approvals.ask({ ...input(hostname), reason });
const approve = async (by: TestPerson, id: string) => (await by.caller()).approvals.approve({ id });
const listed = async (by: TestPerson) => (await (await by.caller()).approvals.list()).items;
const ended = async (by: TestPerson) => (await (await by.caller()).approvals.list({ ended: true })).items;

test("asked for, it is on the page of who can raise the quota and in a mail; approved, its run starts, as who asked", async () => {
  await limitProject({ containers: 0 });
  const { id } = await ask("wanted");
  expect(await listed(bob)).toMatchObject([
    { id, state: "open", mine: true, mayApprove: false, waitsFor: ["project"] },
  ]);
  expect(await listed(owner)).toMatchObject([
    {
      spec: { hostname: "wanted", unprivileged: true, storage: "local-lvm" },
      template: "Web server",
      reason: "For the demo.",
      by: { name: "Bob" },
      beyond: ["The project Web may have 0 containers at most: nothing of it is left, and this takes 1 container."],
      mine: false,
      mayApprove: true,
    },
  ]);
  expect([await listed(node), await listed(first)]).toEqual([[], []]);
  expect(await (await owner.caller()).approvals.openCount()).toEqual({ toDecide: 1, own: 0 });
  expect(await (await bob.caller()).approvals.openCount()).toEqual({ toDecide: 0, own: 1 });
  expect(await mailTo(api, owner.email)).toMatchObject({ kind: "approval_wanted", hostname: "wanted", project: "Web" });
  expect((await refusal(approve(bob, id))).code).toBe("forbidden");
  expect((await refusal(approve(node, id))).code).toBe("not_found");

  const { runId } = await approve(owner, id);
  const run = await api.db.run.findUniqueOrThrow({ where: { id: runId ?? "" }, include: { container: true } });
  expect(run).toMatchObject({ userId: bob.id, projectId, container: { createdById: bob.id, hostname: "wanted" } });
  expect(api.engine.asked).toContain(`start ${runId ?? ""}`);
  expect(await mailTo(api, bob.email)).toMatchObject({ kind: "approval_decided", approved: true });
  expect(await ended(bob)).toMatchObject([{ state: "approved", runId, decidedBy: "Owner", waitsFor: [] }]);
  expect((await refusal(approve(owner, id))).message).toBe("This request was approved already.");
});

test("of many approvals at once one makes it; of a refusal and an approval one counts", async () => {
  await limitProject({ containers: 0 });
  const { id } = await ask("once");
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => approve(owner, id)));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await api.db.container.count({ where: { hostname: "once" } })).toBe(1);

  const { id: other } = await ask("either");
  const refuse = async () => (await owner.caller()).approvals.refuse({ id: other, answer: "No." });
  const either = await Promise.allSettled([approve(owner, other), refuse()]);
  expect(either.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("refused, the answer is shown and nothing is made; withdrawn or lapsed, nobody decides any more", async () => {
  await limitProject({ containers: 0 });
  const { id } = await ask("refused");
  await (await owner.caller()).approvals.refuse({ id, answer: "Not\u202e this month." });
  expect(await ended(bob)).toMatchObject([{ state: "refused", answer: "Not this month.", decidedBy: "Owner" }]);
  expect(await mailTo(api, bob.email)).toMatchObject({ kind: "approval_decided", approved: false });
  const { id: taken } = await ask("taken-back");
  expect((await refusal((await owner.caller()).approvals.withdraw({ id: taken }))).code).toBe("forbidden");
  await (await bob.caller()).approvals.withdraw({ id: taken });
  expect((await refusal(approve(owner, taken))).message).toBe("This request was withdrawn.");

  const { id: old } = await ask("old");
  const now = api.clock.now;
  api.clock.now = new Date(now.getTime() + APPROVAL_DAYS * 86_400_000);
  try {
    await api.db.session.updateMany({ data: { expiresAt: new Date(api.clock.now.getTime() + 3_600_000) } });
    expect(await listed(owner)).toEqual([]);
    expect(await ended(owner)).toMatchObject([{ state: "lapsed", mayApprove: false, mayRefuse: false }, {}, {}]);
    expect((await refusal(approve(owner, old))).message).toContain("has lapsed");
    expect((await (await owner.caller()).approvals.openCount()).toDecide).toBe(0);
  } finally {
    api.clock.now = now;
  }
  expect(await api.db.container.count({ where: { lifecycle: { not: "deleted" } } })).toBe(0);
});

test("beyond two quotas it takes both who can raise them, in any order; a raised quota needs nobody", async () => {
  await limitProject({ containers: 0 });
  await limitShare({ cores: 0 });
  const before = await api.db.auditLog.count({ where: { action: "access.refuse", actorId: node.id } });
  const { id } = await ask("both");
  expect(await listed(bob)).toMatchObject([{ waitsFor: ["share", "project"] }]);
  expect(await approve(node, id)).toEqual({ id, runId: null, waitsFor: ["project"] });
  // A second click changes nothing, and is no attempt at what is not theirs.
  expect(await approve(node, id)).toEqual({ id, runId: null, waitsFor: ["project"] });
  expect(await api.db.auditLog.count({ where: { action: "access.refuse", actorId: node.id } })).toBe(before);
  // What was given can still be refused.
  expect(await listed(node)).toMatchObject([
    { state: "open", mayApprove: false, mayRefuse: true, waitsFor: ["project"] },
  ]);
  expect((await (await node.caller()).approvals.openCount()).toDecide).toBe(0);
  expect((await approve(owner, id)).waitsFor).toEqual([]);

  const { id: raised } = await ask("raised");
  await limitShare({});
  expect(await listed(bob)).toMatchObject([{ waitsFor: ["project"] }]);
  expect((await approve(owner, raised)).waitsFor).toEqual([]);

  // Beyond another one by now, it waits for that as well, also where it is beyond the first one no more.
  const { id: more } = await ask("more");
  await (await first.caller()).people.setQuota({ id: bob.id, quota: { ...noQuota, containers: 0 } });
  await limitProject({});
  expect(await listed(owner)).toMatchObject([{ id: more, mayApprove: true, waitsFor: ["person"], beyond: [] }]);
  expect((await approve(owner, more)).waitsFor).toEqual(["person"]);
  expect(await listed(first)).toMatchObject([{ id: more, mayApprove: true, project: { slug: null } }]);
  expect(await mailTo(api, first.email)).toMatchObject({ kind: "approval_wanted", hostname: "more" });
  expect((await approve(first, more)).waitsFor).toEqual([]);
});

test("what who asked could not create any more is not made for them", async () => {
  await limitProject({ containers: 0 });
  const { id } = await ask("void");
  await api.db.projectMember.updateMany({
    where: { projectId, userId: bob.id },
    data: { role: "VIEWER", inheritedFromOrg: false },
  });
  expect((await refusal(approve(owner, id))).message).toContain("cannot create there any more");
  await api.db.projectMember.updateMany({ where: { projectId, userId: bob.id }, data: { inheritedFromOrg: true } });
  await api.db.user.update({ where: { id: bob.id }, data: { status: "DISABLED" } });
  expect((await refusal(approve(owner, id))).message).toContain("cannot create there any more");
  await api.db.user.update({ where: { id: bob.id }, data: { status: "ACTIVE" } });
  // By the lack of a second factor alone: they are there again when they have one.
  const requires = (requiresSecondFactor: boolean) =>
    api.db.organization.update({ where: { id: organizationId }, data: { requiresSecondFactor } });
  await api.db.secondFactor.create({ data: { userId: owner.id, secret: "sealed", confirmedAt: api.clock.now } });
  await requires(true);
  expect((await refusal(approve(owner, id))).message).toContain("until their account has two-factor sign-in");
  const mails = { to: owner.email, kind: "approval_wanted" } as const;
  const before = await api.db.mail.count({ where: mails });
  await api.db.secondFactor.delete({ where: { userId: owner.id } });
  await api.db.secondFactor.create({ data: { userId: bob.id, secret: "sealed", confirmedAt: api.clock.now } });
  await ask("unseen");
  expect(await api.db.mail.count({ where: mails })).toBe(before); // they could not decide
  await requires(false);
  await api.db.secondFactor.deleteMany();
  const limits = { ...firstLimits, storages: ["tank"] };
  await (await node.caller()).nodes.limitShare({ id: nodeId, projectId, limits });
  expect((await refusal(approve(owner, id))).message).toContain("may use tank");
  await limitShare({});
  await limitProject({});
  const { containerId } = await (await bob.caller()).containers.create(input("void"));
  await limitProject({ containers: 0 });
  expect((await refusal(approve(owner, id))).message).toContain("has a container called void already");
  await api.db.container.update({ where: { id: containerId }, data: { lifecycle: "deleted" } });
  expect((await approve(owner, id)).runId).not.toBeNull();
});

test("what fits is created, not asked for; what the share does not allow is not asked for either; and not without end", async () => {
  await limitProject({});
  expect((await refusal(ask("fits"))).message).toContain("There is room for it by now");
  await limitProject({ containers: 0 });
  for (const silent of ["\u200b ", "\u200d", "\u2800", "a\n".repeat(20)])
    expect((await refusal(ask("silent", silent))).fields).toHaveProperty("reason");
  expect((await refusal(ask("twice").then(() => ask("twice", "Again.")))).message).toContain(
    "You have asked for twice on pve already",
  );
  const nowhere = { ...input("nowhere"), storage: "nosuch", reason: "r" };
  expect((await refusal((await bob.caller()).approvals.ask(nowhere))).fields).toHaveProperty("storage");
  const outside = { ...input("outside"), unprivileged: false, reason: "r" };
  expect((await refusal((await bob.caller()).approvals.ask(outside))).message).toContain(
    "unprivileged containers only",
  );
  for (let count = 1; count < MOST_OPEN; count += 1) await ask(`many-${count}`);
  expect((await refusal(ask("one-more"))).message).toContain("of your requests are open");
  const asProgram = program(api, (await tokenOf(bob)).token);
  expect((await refusal((await asProgram.caller()).approvals.ask({ ...input("by-token"), reason: "r" }))).code).toBe(
    "forbidden",
  );
  const items = await listed(bob);
  const page = await (await bob.caller()).approvals.list({ limit: 5, cursor: items[4]?.id });
  expect(page.items.map(({ id }) => id)).toEqual(items.slice(5, 10).map(({ id }) => id));
});

test("who was removed is told no news of the project, and of a project that was deleted nobody decides", async () => {
  await limitProject({ containers: 0 });
  await limitShare({ containers: 0 });
  const { id } = await ask("news");
  const decisions = { to: bob.email, kind: "approval_decided" } as const;
  const mailed = await api.db.mail.count({ where: decisions });
  const members = await api.db.projectMember.findMany({ where: { projectId, userId: bob.id } });
  await api.db.projectMember.deleteMany({ where: { projectId, userId: bob.id } });
  await api.db.organizationMember.deleteMany({ where: { organizationId, userId: bob.id } });
  await (await owner.caller()).approvals.refuse({ id, answer: "Internal." });
  expect(await api.db.mail.count({ where: decisions })).toBe(mailed);
  expect(await ended(bob)).toMatchObject([{ state: "refused", project: null, answer: "", decidedBy: null }]);
  await api.db.organizationMember.create({ data: { organizationId, userId: bob.id, role: "OPERATOR" } });
  await api.db.projectMember.createMany({ data: members });
  const { id: late } = await ask("late");
  const openForNode = async () => (await (await node.caller()).approvals.openCount()).toDecide;
  expect(await openForNode()).toBe(1);
  await api.db.project.update({ where: { id: projectId }, data: { retiredAt: api.clock.now } });
  expect([await openForNode(), await listed(node)]).toEqual([0, []]);
  expect((await refusal(approve(node, late))).code).toBe("not_found");
  await api.db.project.update({ where: { id: projectId }, data: { retiredAt: null } });
});

test("many decisions at once about what is nobody's, or another's, hold no connection", async () => {
  await limitProject({ containers: 0 });
  const { id } = await ask("guarded");
  const stranger = await person(api, "Stranger");
  const caller = await stranger.caller();
  const ids = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? id : randomUUID()));
  const answers = await Promise.all(ids.map((one) => refusal(caller.approvals.withdraw({ id: one }))));
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["not_found"]));
  const all = await Promise.all(
    Array.from({ length: 30 }, async () => refusal((await owner.caller()).approvals.refuse({ id, answer: "" }))),
  );
  expect(all.filter(({ code }) => code === "accepted")).toHaveLength(1);
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set(["accepted", "conflict"]));
});
