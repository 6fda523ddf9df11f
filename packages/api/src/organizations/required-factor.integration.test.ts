// An organization that requires a second factor: who has none belongs to it and sees nothing of it, at once, whichever way they come.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  joins,
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

let api: TestApi;
let owner: TestPerson;
let bob: TestPerson;
let guest: TestPerson;
let id: string;
let projectId: string;
let slug: string;
beforeAll(async () => {
  api = await startApi();
  owner = await person(api, "Owner");
  slug = `werk-${randomUUID().slice(0, 8)}`;
  ({ id } = await (await owner.caller()).organizations.create({ name: "Werk", slug, requestKey: randomUUID() }));
  const project = { organizationId: id, name: "Web", slug, requestKey: randomUUID() };
  projectId = (await (await owner.caller()).projects.create(project)).id;
  bob = await joins(api, { organizationId: id, role: "ADMIN", name: "Bob" });
  await joins(api, { organizationId: id, role: "VIEWER", name: "Kim" });
  // Of the project alone, not of the organization.
  guest = await person(api, "Guest");
  await api.db.projectMember.create({
    data: { projectId, userId: guest.id, role: "OPERATOR", inheritedFromOrg: false },
  });
});
afterAll(() => api.close());

const factor = (who: TestPerson, confirmedAt: Date | null) =>
  api.db.secondFactor.upsert({
    where: { userId: who.id },
    create: { userId: who.id, secret: "sealed", confirmedAt },
    update: { confirmedAt },
  });
const require = async (required: boolean) => (await owner.caller()).organizations.requireSecondFactor({ id, required });
const later = (ms: number) => new Date(api.clock.now.getTime() + ms);
const sees = async (who: Pick<TestPerson, "caller">) => {
  const caller = await who.caller();
  const { items } = await caller.projects.list();
  return items.some((project) => project.id === projectId);
};

test("an owner requires it, with one of their own; nobody else does, and no personal organization", async () => {
  expect((await refusal(require(true))).message).toContain("for your own account first");
  await factor(owner, null); // begun, and not confirmed
  expect((await refusal(require(true))).message).toContain("for your own account first");
  await factor(owner, api.clock.now);
  expect((await refusal((await bob.caller()).organizations.requireSecondFactor({ id, required: true }))).code).toBe(
    "forbidden",
  );
  const personal = (await (await owner.caller()).organizations.list()).find(
    ({ personalOfId }) => personalOfId !== null,
  );
  const own = { id: personal?.id ?? "", required: true };
  expect((await refusal((await owner.caller()).organizations.requireSecondFactor(own))).message).toContain(
    "the person's own organization",
  );
});

test("who has none sees neither it nor its projects, by no page, token or stream; with one all is as it was", async () => {
  const token = program(api, (await tokenOf(bob)).token);
  const [nodeId, revisionId] = [await onlineNode(api, bob, "pve"), await template(api)];
  const create = async () =>
    (await bob.caller()).containers.create({
      ...containerInput(nodeId, revisionId, `web-${randomUUID().slice(0, 8)}`),
      projectId,
    });
  await create();
  expect([await sees(bob), await sees(guest), await sees(token)]).toEqual([true, true, true]);
  const open = (await (await bob.caller()).containers.changes({ projectId }))[Symbol.asyncIterator]();
  await open.next();
  await require(true);
  await require(true); // the second click changes nothing
  expect([await sees(bob), await sees(guest), await sees(token), await sees(owner)]).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect((await refusal(create())).code).toBe("not_found");
  expect((await refusal((await bob.caller()).organizations.get({ slug }))).code).toBe("not_found");
  expect((await refusal((await guest.caller()).projects.get({ slug }))).code).toBe("not_found");
  // What comes after is refused in a stream that is open, too.
  await api.db.container.updateMany({ where: { projectId }, data: { address: "10.0.0.9" } });
  await expect(drain(open)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await (await bob.caller()).secondFactor.show()).toEqual({
    confirmedAt: null,
    passkeys: 0,
    recoveryCodesLeft: 0,
    askedBy: ["Werk"],
  });
  expect((await (await guest.caller()).secondFactor.show()).askedBy).toEqual(["Werk"]);

  await factor(bob, null);
  expect(await sees(bob)).toBe(false);
  await factor(bob, later(1_000));
  // Made before it, by the password alone.
  expect([await sees(bob), await sees(token)]).toEqual([true, false]);
  api.clock.now = later(2_000);
  // It outlives its session: it takes the factor that there is now.
  expect((await refusal(tokenOf(bob, { name: "newer" }))).message).toContain("Give a code");
  await api.db.session.updateMany({ where: { userId: bob.id }, data: { factorAt: api.clock.now } });
  expect(await sees(program(api, (await tokenOf(bob, { name: "newer" })).token))).toBe(true);
  expect((await create()).runId).toEqual(expect.any(String));
  // Whoever manages members sees who has none.
  const members = await (await bob.caller()).organizations.members({ id });
  expect(members.map(({ name, secondFactor }) => [name, secondFactor])).toEqual([
    ["Owner", true],
    ["Bob", true],
    ["Kim", false],
  ]);
});

test("who joins by an invitation without one is led to no page that they do not see", async () => {
  const { token } = await (
    await owner.caller()
  ).invitations.create({ organizationId: id, email: "", role: "VIEWER", projectId, projectRole: "inherited" });
  const zoe = await person(api, "Zoe");
  const joined = await (await zoe.caller()).invitations.accept({ token });
  expect(joined).toEqual({ slug: null, projectSlug: null });
  expect((await (await zoe.caller()).invitations.show({ token })).joined).toEqual(joined);
  await factor(zoe, api.clock.now);
  expect(await (await zoe.caller()).invitations.accept({ token })).toMatchObject({ projectSlug: slug });
});

test("an owner who has one stays as long as no other has; what they set up ends the sessions before it", async () => {
  const other = await joins(api, { organizationId: id, role: "OWNER", name: "Other" });
  expect((await refusal((await owner.caller()).organizations.leave({ id }))).message).toContain(
    "at least one owner who has two-factor sign-in",
  );
  await factor(other, api.clock.now);
  await (await other.caller()).organizations.leave({ id });
});

test("who joins without one belongs to it, and is told what it asks for; waived, all see it again", async () => {
  const eve = await joins(api, { organizationId: id, role: "VIEWER", name: "Eve" });
  expect((await (await eve.caller()).organizations.list()).map(({ name }) => name)).toEqual(["Eve's organization"]);
  expect((await (await eve.caller()).secondFactor.show()).askedBy).toEqual(["Werk"]);
  await require(false);
  const members = await (await eve.caller()).organizations.members({ id });
  expect(new Set(members.map(({ secondFactor }) => secondFactor))).toEqual(new Set([null]));
  expect(await sees(guest)).toBe(true);
  const lines = await api.db.auditLog.findMany({ where: { organizationId: id, targetType: "organization" } });
  expect(lines.map(({ action }) => action).filter((action) => action.includes("factor"))).toEqual([
    "organization.require_second_factor",
    "organization.waive_second_factor",
  ]);
});

async function drain(stream: AsyncIterator<unknown>): Promise<void> {
  while ((await stream.next()).done !== true);
}
