// Organizations and their members: who changes what, in which order, and that none is left without an owner.
import { randomUUID } from "node:crypto";
import type { OrganizationRole } from "@homeport/db/types";
import { isAbove, Roles } from "@homeport/domain/access/rank";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joins, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { MOST_ORGANIZATIONS } from "./create";

let api: TestApi;
let ada: TestPerson;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
});
afterAll(() => api.close());

const slug = () => `o-${randomUUID().slice(0, 8)}`;
const create = async (by: TestPerson, input: object = {}) =>
  (await by.caller()).organizations.create({ name: "Workshop", slug: slug(), requestKey: randomUUID(), ...input });
const members = async (by: TestPerson, id: string) => (await by.caller()).organizations.members({ id });
const linesOf = async (organizationId: string) =>
  (await api.db.auditLog.findMany({ where: { organizationId }, orderBy: { id: "asc" } })).map(
    ({ action, targetName, details }) => [action, targetName, details],
  );

test("whoever makes an organization owns it; a stranger does not find it", async () => {
  const made = await create(ada, { slug: " Werk-Statt " });
  expect(await (await ada.caller()).organizations.get({ slug: "werk-statt" })).toEqual({
    id: made.id,
    slug: "werk-statt",
    name: "Workshop",
    role: "OWNER",
    personalOfId: null,
    members: 1,
    requiresSecondFactor: false,
  });
  const bob = await person(api, "Bob");
  expect((await refusal((await bob.caller()).organizations.get({ slug: "werk-statt" }))).code).toBe("not_found");
});

test("the same request makes one, also when it arrives three times at once; of two that want one address one gets it", async () => {
  const request = { slug: slug(), requestKey: randomUUID() };
  const answers = await Promise.all([create(ada, request), create(ada, request), create(ada, request)]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await refusal(create(await person(api, "Bob"), { slug: request.slug }))).toMatchObject({
    code: "conflict",
    fields: { slug: `Another organization has the address /o/${request.slug} already. Choose another.` },
  });
});

test("one person owns so many, however many are asked for at once", async () => {
  const rich = await person(api, "Rich");
  await api.db.organization.createMany({
    data: Array.from({ length: MOST_ORGANIZATIONS - 2 }, () => ({ name: "o", slug: `riches-${randomUUID()}` })),
  });
  const rows = await api.db.organization.findMany({ where: { slug: { startsWith: "riches-" } } });
  await api.db.organizationMember.createMany({
    data: rows.map(({ id }) => ({ organizationId: id, userId: rich.id, role: "OWNER" as const })),
  });
  const all = await Promise.allSettled(Array.from({ length: 4 }, () => create(rich)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await refusal(create(rich))).message).toContain("is the most that one person can own");
});

test("its name and address are changed by owner and administrator, and the log says what they were", async () => {
  const { id, slug: before } = await create(ada);
  const update = async (by: TestPerson, name: string) =>
    (await by.caller()).organizations.update({ id, name, slug: before });
  await update(await joins(api, { organizationId: id, role: "ADMIN" }), "Works");
  for (const role of ["OPERATOR", "VIEWER"] as const)
    expect((await refusal(update(await joins(api, { organizationId: id, role }), "Mine"))).code).toBe("forbidden");
  await update(ada, "Works");
  const reason = "role.forbids";
  expect(await linesOf(id)).toEqual([
    ["organization.create", "Workshop", { slug: before }],
    ["organization.update", "Works", { nameBefore: "Workshop" }],
    ...["OPERATOR", "VIEWER"].map(() => ["access.refuse", null, { tried: "organizations.update", id, reason }]),
  ]);
});

test("every member sees who belongs to it, the highest role first", async () => {
  const { id } = await create(ada);
  const [viewer, admin] = [
    await joins(api, { organizationId: id, role: "VIEWER", name: "Vi" }),
    await joins(api, { organizationId: id, role: "ADMIN", name: "Ed" }),
  ];
  expect((await members(viewer, id)).map(({ userId, name, role }) => [userId, name, role])).toEqual([
    [ada.id, "Ada", "OWNER"],
    [admin.id, "Ed", "ADMIN"],
    [viewer.id, "Vi", "VIEWER"],
  ]);
});

const pairs = Roles.flatMap((mine) => Roles.map((theirs) => [mine, theirs] as const));
test("nobody gives a role above their own, nor touches somebody who has one; only owners and administrators give any", async () => {
  const { id } = await create(ada);
  const by = await joins(api, { organizationId: id, role: "VIEWER" });
  const target = await joins(api, { organizationId: id, role: "VIEWER" });
  const are = async (mine: OrganizationRole, theirs: OrganizationRole) => {
    for (const [userId, role] of [
      [by.id, mine],
      [target.id, theirs],
    ] as const)
      await api.db.organizationMember.upsert({
        where: { organizationId_userId: { organizationId: id, userId } },
        create: { organizationId: id, userId, role },
        update: { role },
      });
  };
  const seen: unknown[] = [];
  const expected: unknown[] = [];
  const attempt = async (what: string, change: Promise<unknown>, allowed: boolean) => {
    const code = await change.then(
      () => "done",
      (error: { data?: unknown; code?: string }) => error.code,
    );
    seen.push([what, code]);
    expected.push([what, allowed ? "done" : "FORBIDDEN"]);
  };
  for (const [mine, theirs] of pairs) {
    const reaches = (mine === "OWNER" || mine === "ADMIN") && !isAbove(theirs, mine);
    for (const role of Roles.filter((one) => one !== theirs)) {
      await are(mine, theirs);
      const change = (await by.caller()).organizations.setRole({ organizationId: id, userId: target.id, role });
      await attempt(`${mine} makes ${theirs} ${role}`, change, reaches && !isAbove(role, mine));
    }
    await are(mine, theirs);
    const removal = (await by.caller()).organizations.removeMember({ organizationId: id, userId: target.id });
    await attempt(`${mine} removes ${theirs}`, removal, reaches);
  }
  expect(seen).toEqual(expected);
});

test("a role that was taken away a moment ago gives nothing, also in a request that had begun", async () => {
  const { id } = await create(ada);
  const admin = await joins(api, { organizationId: id, role: "ADMIN" });
  const target = await joins(api, { organizationId: id, role: "VIEWER", name: "Vi" });
  const begun = await admin.caller();
  expect((await begun.organizations.list()).length).toBe(2); // it has read its roles
  await (await ada.caller()).organizations.setRole({ organizationId: id, userId: admin.id, role: "VIEWER" });
  const late = begun.organizations.setRole({ organizationId: id, userId: target.id, role: "ADMIN" });
  expect((await refusal(late)).code).toBe("forbidden");
});

test("of the last two owners who both go at once, one stays; the last one is told to make another first", async () => {
  const { id } = await create(ada);
  const bob = await joins(api, { organizationId: id, role: "OWNER" });
  const leave = async (by: TestPerson) => (await by.caller()).organizations.leave({ id });
  const both = await Promise.allSettled([leave(ada), leave(bob)]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const [last] = await api.db.organizationMember.findMany({ where: { organizationId: id } });
  const owner = last?.userId === ada.id ? ada : bob;
  for (const change of [
    () => leave(owner),
    async () => (await owner.caller()).organizations.setRole({ organizationId: id, userId: owner.id, role: "ADMIN" }),
    async () => (await owner.caller()).organizations.removeMember({ organizationId: id, userId: owner.id }),
  ])
    expect((await refusal(change())).message).toContain("keeps at least one owner");
});

test("who is removed has no role in its projects any more; what they made stays, and coming back gives no old role", async () => {
  const { id } = await create(ada);
  const { id: projectId } = await (
    await ada.caller()
  ).projects.create({ organizationId: id, name: "Web", slug: slug(), requestKey: randomUUID() });
  const bob = await joins(api, { organizationId: id, role: "OPERATOR" });
  await api.db.projectMember.create({ data: { projectId, userId: bob.id, role: "ADMIN", inheritedFromOrg: false } });
  const sees = async () => (await (await bob.caller()).projects.list()).items.some((one) => one.id === projectId);
  expect(await sees()).toBe(true);
  await (await ada.caller()).organizations.removeMember({ organizationId: id, userId: bob.id });
  expect(await sees()).toBe(false);
  await api.db.organizationMember.create({ data: { organizationId: id, userId: bob.id, role: "VIEWER" } });
  expect(await sees()).toBe(false);
});

test("everybody stays the owner of the organization of their own", async () => {
  const [mine] = await (await ada.caller()).organizations.list();
  const id = mine?.id ?? "";
  expect(mine?.personalOfId).toBe(ada.id);
  expect(mine?.slug).toMatch(/^ada-[0-9a-f]{12}$/);
  const other = await joins(api, { organizationId: id, role: "OWNER" });
  for (const change of [
    async () => (await ada.caller()).organizations.leave({ id }),
    async () => (await other.caller()).organizations.removeMember({ organizationId: id, userId: ada.id }),
    async () => (await other.caller()).organizations.setRole({ organizationId: id, userId: ada.id, role: "VIEWER" }),
  ])
    expect((await refusal(change())).message).toContain("the person's own organization");
  await (await other.caller()).organizations.leave({ id });
});

test("an id in capitals is the same id: what is somebody's own stays so, and the log names them as ever", async () => {
  const { id } = await create(ada);
  const bob = await joins(api, { organizationId: id, role: "VIEWER" });
  await (
    await ada.caller()
  ).organizations.setRole({ organizationId: id, userId: bob.id.toUpperCase(), role: "OPERATOR" });
  expect((await (await bob.caller()).activity.list({ action: "member.set_role" })).items).toMatchObject([
    { targetId: bob.id },
  ]);
  expect((await members(ada, id.toUpperCase())).length).toBe(2);
  const own = (await (await bob.caller()).organizations.list()).find(({ personalOfId }) => personalOfId === bob.id);
  const other = await joins(api, { organizationId: own?.id ?? "", role: "OWNER" });
  const removal = (await other.caller()).organizations.removeMember({
    organizationId: own?.id ?? "",
    userId: bob.id.toUpperCase(),
  });
  expect((await refusal(removal)).message).toContain("the person's own organization");
});

test("whoever runs the organization sees in the log what was done in it; a member sees what was done to them", async () => {
  const { id } = await create(ada);
  const admin = await joins(api, { organizationId: id, role: "ADMIN", name: "Ed" });
  const viewer = await joins(api, { organizationId: id, role: "VIEWER", name: "Vi" });
  const bystander = await joins(api, { organizationId: id, role: "VIEWER", name: "By" });
  const change = (role: OrganizationRole) => ({ organizationId: id, userId: viewer.id, role });
  await (await ada.caller()).organizations.setRole(change("OPERATOR"));
  const sees = async (by: TestPerson) =>
    (await (await by.caller()).activity.list({ action: "member.set_role" })).items
      .filter(({ targetId }) => targetId === viewer.id)
      .map(({ actorName, targetName, details }) => [actorName, targetName, details]);
  const line = ["Ada", "Vi", { roleBefore: "VIEWER", role: "OPERATOR" }];
  expect([await sees(admin), await sees(viewer), await sees(bystander)]).toEqual([[line], [line], []]);
  await (await bystander.caller()).organizations.leave({ id });
  expect(await linesOf(id)).toContainEqual(["member.leave", "Workshop", { role: "VIEWER" }]);
});
