// Who tries what is not theirs leaves a line, in the record of whoever the place belongs to where they see it, else in their own.
import { randomUUID } from "node:crypto";
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joins, person, program, startApi, tokenOf, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let viewer: TestPerson;
let eve: TestPerson;
let organizationId: string;
let projectId: string;
beforeAll(async () => {
  api = await startApi();
  [ada, eve] = [await person(api, "Ada"), await person(api, "Eve")];
  const made = () => ({ name: "Works", slug: `o-${randomUUID().slice(0, 8)}`, requestKey: randomUUID() });
  ({ id: organizationId } = await (await ada.caller()).organizations.create(made()));
  ({ id: projectId } = await (await ada.caller()).projects.create({ ...made(), organizationId }));
  viewer = await joins(api, { organizationId, role: "VIEWER", name: "Vic" });
  await (await ada.caller()).projects.setMemberRole({ projectId, userId: viewer.id, role: "VIEWER" });
});
afterAll(() => api.close());

const refusedTo = async (who: TestPerson) =>
  (await (await who.caller()).activity.list({ action: "access.refuse" })).items;

test("a member without the right: whoever sees the project's record sees who tried what, from where", async () => {
  const rename = async (who: TestPerson) =>
    refusal((await who.caller()).projects.update({ id: projectId, name: "Mine", slug: "mine" }));
  expect((await rename(viewer)).code).toBe("forbidden");
  const [line] = await refusedTo(ada);
  expect(line).toMatchObject({
    actorName: "Vic",
    action: "access.refuse",
    ip: "192.0.2.1",
    details: { tried: "projects.update", id: projectId, reason: "role.forbids" },
  });
  expect(await refusedTo(viewer)).toHaveLength(1);
  expect(await refusedTo(eve)).toEqual([]);
});

test("a member of the organization without the right, and one who gives more than they have", async () => {
  const before = (await refusedTo(ada)).length;
  expect(
    (await refusal((await viewer.caller()).organizations.update({ id: organizationId, name: "x", slug: "x-1" }))).code,
  ).toBe("forbidden");
  const admin = await joins(api, { organizationId, role: "ADMIN", name: "Max" });
  const owner = { organizationId, userId: viewer.id, role: "OWNER" } as const;
  expect((await refusal((await admin.caller()).organizations.setRole(owner))).code).toBe("forbidden");
  expect((await refusedTo(ada)).slice(0, -before).map(({ actorName, details }) => [actorName, details.tried])).toEqual([
    ["Max", "organizations.setRole"],
    ["Vic", "organizations.update"],
  ]);
  expect((await refusedTo(ada))[0]?.details).toEqual({
    tried: "organizations.setRole",
    organizationId,
    userId: viewer.id,
    role: "OWNER",
    reason: "role.forbids",
  });
});

test("what is somebody else's: in the record of who tried alone, and nothing in it says whether it is there", async () => {
  const theirs = await refusedTo(ada);
  for (const id of [projectId, randomUUID()])
    expect((await refusal((await eve.caller()).projects.update({ id, name: "x", slug: "x-1" }))).code).toBe(
      "not_found",
    );
  const [newest, older] = await refusedTo(eve);
  expect(newest?.details.reason).toBe(older?.details.reason);
  expect(await refusedTo(ada)).toEqual(theirs);
});

test("a program without the right is named with its token; what was read, or typed wrong, leaves no line", async () => {
  const { token } = await tokenOf(ada, { permissions: ["project:read"] });
  const [before, ofEve] = [(await refusedTo(ada)).length, await refusedTo(eve)];
  const caller = await program(api, token).caller();
  expect((await refusal(caller.projects.update({ id: projectId, name: "x", slug: "x-1" }))).code).toBe("forbidden");
  expect((await refusal((await eve.caller()).projects.members({ projectId }))).code).toBe("not_found");
  expect((await refusal((await ada.caller()).projects.update({ id: projectId, name: "", slug: "x-1" }))).code).toBe(
    "invalid",
  );
  const lines = await refusedTo(ada);
  expect(lines).toHaveLength(before + 1);
  expect(await refusedTo(eve)).toEqual(ofEve);
  expect(lines[0]?.details.token).toContain("homeport_");
});

test("an input that is none leaves the entry all the same, with nothing of it but ids under names", async () => {
  const { token } = await tokenOf(ada, { permissions: ["template:read"] });
  const id = randomUUID();
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`n${"x".repeat(at)}`, id]));
  const input = { tried: id, "\u0000": id, "a b": id, password: "secret", ...many };
  const caller = await program(api, token).caller();
  expect((await refusal(caller.projects.update(input as never))).code).toBe("forbidden");
  const details = (await refusedTo(ada))[0]?.details ?? {};
  expect(details).toMatchObject({ tried: "projects.update", reason: "token.forbids" });
  expect(Object.keys(details).length).toBeLessThan(14);
  expect(JSON.stringify(details)).not.toContain("secret");
});

test("nobody fills the record with refusals", async () => {
  const kim = await person(api, "Kim");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const caller = await kim.caller({ deps: { ...api.deps, auth } });
  for (let i = 0; i < 70; i++) await refusal(caller.projects.update({ id: randomUUID(), name: "x", slug: "x-1" }));
  const count = (where: object) =>
    api.db.auditLog.count({ where: { actorId: kim.id, action: "access.refuse", ...where } });
  expect(await count({})).toBe(60);
  // Noise in one's own record hides nothing in that of others.
  await api.db.organizationMember.create({ data: { organizationId, userId: kim.id, role: "VIEWER" } });
  const asMember = await kim.caller({ deps: { ...api.deps, auth } });
  await refusal(asMember.organizations.update({ id: organizationId, name: "x", slug: "x-1" }));
  expect(await count({ organizationId })).toBe(1);
});
