// An organization's projects: made and renamed by who runs it, each with things of its own.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  containerInput,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal, someText } from "../testing/refusal";
import { MOST_PROJECTS } from "./create";

let api: TestApi;
let ada: TestPerson;
let bob: TestPerson;
let organizationId: string;
beforeAll(async () => {
  api = await startApi();
  [ada, bob] = [await person(api, "Ada"), await person(api, "Bob")];
  organizationId = (await (await ada.caller()).organizations.list())[0]?.id ?? "";
});
afterAll(() => api.close());

const slug = () => `p-${randomUUID().slice(0, 8)}`;
const create = async (by: TestPerson, input: object = {}) =>
  (await by.caller()).projects.create({
    organizationId,
    name: "Web",
    slug: slug(),
    requestKey: randomUUID(),
    ...input,
  });
const joins = (role: "OPERATOR" | "ADMIN", who: TestPerson) =>
  api.db.organizationMember.upsert({
    where: { organizationId_userId: { organizationId, userId: who.id } },
    create: { organizationId, userId: who.id, role },
    update: { role },
  });

test("a project is there for its maker at once, by the role they have in the organization", async () => {
  const made = await create(ada, { slug: " Web-Team " });
  expect(made.slug).toBe("web-team");
  const caller = await ada.caller();
  expect(await caller.projects.get({ slug: "web-team" })).toMatchObject({
    id: made.id,
    name: "Web",
    role: "OWNER",
    roleOf: "organization",
  });
  // Where one lands stays the oldest.
  expect((await caller.projects.list()).landing.id).toBe(ada.projectId);
});

test("the same request makes one project, also when it arrives twice at once; the same key with other words is refused", async () => {
  const request = { slug: slug(), requestKey: randomUUID() };
  const answers = await Promise.all([create(ada, request), create(ada, request), create(ada, request)]);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect((await refusal(create(ada, { ...request, name: "Other" }))).message).toContain("with this request already");
});

test("one address, one project: whose the other is, is not said", async () => {
  const { slug: taken } = await create(ada);
  const first = (await (await bob.caller()).organizations.list())[0];
  const reported = await refusal(create(bob, { organizationId: first?.id, slug: taken }));
  expect(reported).toMatchObject({
    code: "conflict",
    fields: { slug: `Another project has the address /p/${taken} already. Choose another.` },
  });
});

test("of many who take one address at once, one gets it", async () => {
  const one = slug();
  const all = await Promise.allSettled(Array.from({ length: 5 }, () => create(ada, { slug: one })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await api.db.project.count({ where: { slug: one } })).toBe(1);
});

test("an operator of the organization makes none and renames none; an administrator does both; a stranger finds neither", async () => {
  const { id } = await create(ada);
  const rename = async (by: TestPerson) => (await by.caller()).projects.update({ id, name: "Renamed", slug: slug() });
  expect(await refusal(create(bob))).toMatchObject({ code: "not_found", message: someText });
  expect((await refusal(rename(bob))).code).toBe("not_found");
  await joins("OPERATOR", bob);
  await api.db.projectMember.create({ data: { projectId: id, userId: bob.id, role: "ADMIN", inheritedFromOrg: true } });
  expect((await refusal(create(bob))).code).toBe("forbidden");
  expect((await refusal(rename(bob))).code).toBe("forbidden");
  await joins("ADMIN", bob);
  await create(bob);
  await rename(bob);
  await api.db.organizationMember.deleteMany({ where: { organizationId, userId: bob.id } });
});

test("a role of the project's own renames it, and makes no other", async () => {
  const { id } = await create(ada);
  await api.db.projectMember.create({
    data: { projectId: id, userId: bob.id, role: "ADMIN", inheritedFromOrg: false },
  });
  const { slug: now } = await (await bob.caller()).projects.update({ id, name: "Bob's", slug: slug() });
  expect(await (await bob.caller()).projects.get({ slug: now })).toMatchObject({ role: "ADMIN", roleOf: "project" });
  expect((await refusal(create(bob))).code).toBe("not_found");
});

test("the log says what a project was called; renaming it to what it is called says nothing", async () => {
  const { id, slug: before } = await create(ada, { name: "Before" });
  const now = slug();
  const caller = await ada.caller();
  await caller.projects.update({ id, name: "After", slug: now });
  await (await ada.caller()).projects.update({ id, name: "After", slug: now });
  const lines = await api.db.auditLog.findMany({ where: { targetId: id }, orderBy: { id: "asc" } });
  expect(lines.map(({ action, targetName, details }) => [action, targetName, details])).toEqual([
    ["project.create", "Before", { slug: before }],
    ["project.update", "After", { nameBefore: "Before", slugBefore: before, slug: now }],
  ]);
});

test("what is in one project is in no list of another, and is found by its id whatever its project is called", async () => {
  const { id } = await create(ada);
  const [nodeId, revisionId] = [await onlineNode(api, ada, "pve"), await template(api)];
  const { containerId } = await (
    await ada.caller()
  ).containers.create({ ...containerInput(nodeId, revisionId, "apart"), projectId: id });
  const names = async (projectId: string) =>
    (await (await ada.caller()).containers.list({ projectId })).map(({ hostname }) => hostname);
  expect([await names(id), await names(ada.projectId)]).toEqual([["apart"], []]);
  await (await ada.caller()).projects.update({ id, name: "Moved", slug: slug() });
  expect(await (await ada.caller()).projects.of({ noun: "container", id: containerId })).toMatchObject({
    id,
    name: "Moved",
  });
});

test("an organization has room for so many projects, however many are asked for at once", async () => {
  const { id } = await api.db.organization.create({
    data: {
      name: "full",
      slug: randomUUID(),
      members: { create: { userId: ada.id, role: "OWNER" } },
      projects: {
        createMany: { data: Array.from({ length: MOST_PROJECTS - 1 }, () => ({ name: "p", slug: randomUUID() })) },
      },
    },
  });
  const all = await Promise.allSettled(Array.from({ length: 4 }, () => create(ada, { organizationId: id })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await api.db.project.count({ where: { organizationId: id } })).toBe(MOST_PROJECTS);
});
