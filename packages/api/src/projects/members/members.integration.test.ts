// Roles in a project: set, taken back to the organization's, ended; and no sequence of calls gives anybody more than was theirs to give.
import { randomUUID } from "node:crypto";
import type { OrganizationRole } from "@homeport/db/types";
import { isAbove } from "@homeport/domain/access/rank";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  batchInput,
  containerInput,
  joins,
  onlineNode,
  person,
  startApi,
  template,
  type TestApi,
  type TestPerson,
} from "../../testing/fixture";
import { refusal } from "../../testing/refusal";

let api: TestApi;
let ada: TestPerson;
let organizationId: string;
let projectId: string;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
  const slug = () => `o-${randomUUID().slice(0, 8)}`;
  const caller = await ada.caller();
  const made = { name: "Works", requestKey: randomUUID() };
  ({ id: organizationId } = await caller.organizations.create({ ...made, slug: slug() }));
  ({ id: projectId } = await (
    await ada.caller()
  ).projects.create({ ...made, organizationId, slug: slug(), requestKey: randomUUID() }));
});
afterAll(() => api.close());

type Caller = Awaited<ReturnType<TestPerson["caller"]>>;
type To = "inherited" | "ADMIN" | "OPERATOR" | "VIEWER";
const set = async (by: TestPerson, who: TestPerson, role: To) =>
  (await by.caller()).projects.setMemberRole({ projectId, userId: who.id, role });
const remove = async (by: TestPerson, who: TestPerson) =>
  (await by.caller()).projects.removeMember({ projectId, userId: who.id });
const joined = (role: OrganizationRole, name: string) => joins(api, { organizationId, role, name });
const roleIn = async (who: TestPerson) => {
  const found = (await (await ada.caller()).projects.members({ projectId })).find(({ userId }) => userId === who.id);
  return found && [found.project, found.roleOf];
};

test("an operator of the organization is in no project until they are added, as what they are there or as something else", async () => {
  const bob = await joined("OPERATOR", "Bob");
  expect(await roleIn(bob)).toBeUndefined();
  await set(ada, bob, "inherited");
  expect(await roleIn(bob)).toEqual(["OPERATOR", "organization"]);
  await set(ada, bob, "VIEWER");
  expect(await roleIn(bob)).toEqual(["VIEWER", "project"]);
  await set(ada, bob, "inherited");
  await (await ada.caller()).organizations.setRole({ organizationId, userId: bob.id, role: "VIEWER" });
  expect(await roleIn(bob)).toEqual(["VIEWER", "organization"]);
  await remove(ada, bob);
  expect(await roleIn(bob)).toBeUndefined();
  expect((await refusal((await bob.caller()).projects.members({ projectId }))).code).toBe("not_found");
  const lines = await api.db.auditLog.findMany({ where: { targetId: bob.id, projectId }, orderBy: { id: "asc" } });
  expect(lines.map(({ action, details }) => [action, details])).toEqual([
    ["member.set_project_role", { project: "Works", role: "inherited" }],
    ["member.set_project_role", { project: "Works", roleBefore: "inherited", role: "VIEWER" }],
    ["member.set_project_role", { project: "Works", roleBefore: "VIEWER", role: "inherited" }],
    ["member.remove_from_project", { project: "Works", roleBefore: "inherited" }],
  ]);
});

test("an administrator of the project alone adds people, and touches nobody who runs the organization", async () => {
  const [lead, admin, bob] = [await joined("VIEWER", "Lea"), await joined("ADMIN", "Ed"), await joined("VIEWER", "Bo")];
  await set(ada, lead, "ADMIN");
  await set(lead, bob, "OPERATOR");
  expect(await roleIn(bob)).toEqual(["OPERATOR", "project"]);
  for (const one of [admin, ada])
    for (const change of [() => set(lead, one, "VIEWER"), () => remove(lead, one)])
      expect((await refusal(change())).code).toBe("forbidden");
  // An owner can keep an administrator small here, and is not kept small by one.
  await set(ada, admin, "VIEWER");
  expect((await refusal(set(admin, admin, "inherited"))).code).toBe("forbidden");
  await set(ada, ada, "VIEWER");
  await set(ada, ada, "inherited");
  expect(await roleIn(ada)).toEqual(["OWNER", "organization"]);
});

test("operators set nothing; who is no member of the organization is not there", async () => {
  const [operator, bob] = [await joined("OPERATOR", "Op"), await joined("VIEWER", "Bob")];
  await set(ada, operator, "inherited");
  expect((await refusal(set(operator, bob, "VIEWER"))).code).toBe("forbidden");
  expect((await refusal(set(ada, await person(api, "Out"), "VIEWER"))).code).toBe("not_found");
});

/** The same walk in every run: a multiplicative generator in 32 bits, of which the high ones are random. */
function dice(seed: number) {
  let last = seed;
  return <T>(of: readonly T[]): T => {
    last = (Math.imul(last, 1_664_525) + 1_013_904_223) >>> 0;
    const one = of[Math.floor((last / 2 ** 32) * of.length)];
    if (one === undefined) throw new Error("of nothing");
    return one;
  };
}

test("a long walk of calls by everybody gives nobody more than who gave it had", async () => {
  const second = await joined("OWNER", "O");
  const people = [
    ...[second, await joined("ADMIN", "A"), await joined("ADMIN", "D")],
    ...[await joined("OPERATOR", "B"), await joined("VIEWER", "C")],
  ];
  const pick = dice(7);
  const rolesOf = async ({ id: userId }: TestPerson) => {
    const organization = await api.db.organizationMember.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
    });
    const members = await (await ada.caller()).projects.members({ projectId });
    return {
      organization: organization?.role ?? null,
      project: members.find((one) => one.userId === userId)?.project ?? null,
    };
  };
  const above = (role: OrganizationRole | null, other: OrganizationRole | null): boolean =>
    role !== null && (other === null || isAbove(role, other));
  const calls = {
    organization: (by: Caller, userId: string) =>
      by.organizations.setRole({ userId, organizationId, role: pick(["OWNER", "ADMIN", "OPERATOR", "VIEWER"]) }),
    project: (by: Caller, userId: string) =>
      by.projects.setMemberRole({ userId, projectId, role: pick(["inherited", "ADMIN", "OPERATOR", "VIEWER"]) }),
    removal: (by: Caller, userId: string) => by.projects.removeMember({ userId, projectId }),
  };
  const kinds = Object.keys(calls) as (keyof typeof calls)[];
  const seen = new Set<string>();
  for (let nth = 0; nth < 200; nth += 1) {
    const [by, who, kind] = [pick(people), pick(people), pick(kinds)];
    const [mine, before] = [await rolesOf(by), await rolesOf(who)];
    const went = await calls[kind](await by.caller(), who.id).then(
      () => true,
      () => false,
    );
    const after = await rolesOf(who);
    seen.add(`${kind} ${went}`).add(`${mine.organization}/${mine.project} ${went}`);
    if (!went) expect([nth, after]).toEqual([nth, before]);
    const rises = (place: "organization" | "project") => above(after[place], before[place]);
    const reach = mine.organization === "OWNER" ? "OWNER" : mine.project;
    expect([nth, rises("organization") && above(after.organization, mine.organization)]).toEqual([nth, false]);
    // Whoever rises in the organization rises in its projects with it, by what is inherited.
    const inherits = rises("organization");
    expect([nth, rises("project") && !inherits && above(after.project, reach)]).toEqual([nth, false]);
  }
  // It went everywhere: every kind of call was done and refused, by people of many roles.
  for (const kind of kinds) for (const went of [true, false]) expect([...seen]).toContain(`${kind} ${went}`);
  expect(seen.size).toBeGreaterThan(16);
});

test("a role that was taken away a moment ago gives nothing in the project either, and a second click changes nothing", async () => {
  const [lead, bob] = [await joined("VIEWER", "Lee"), await joined("VIEWER", "Bob")];
  await set(ada, lead, "ADMIN");
  const begun = await lead.caller();
  await begun.projects.list(); // it has read its roles
  await set(ada, lead, "VIEWER");
  expect((await refusal(begun.projects.setMemberRole({ projectId, userId: bob.id, role: "ADMIN" }))).code).toBe(
    "forbidden",
  );
  const lines = () => api.db.auditLog.count({ where: { targetId: lead.id, projectId } });
  const before = await lines();
  await set(ada, lead, "VIEWER");
  await remove(ada, lead);
  await remove(ada, lead);
  expect(await lines()).toBe(before + 1);
});

test("who is removed while a create of theirs asks the node makes nothing", async () => {
  const bob = await joined("OPERATOR", "Bob");
  await set(ada, bob, "inherited");
  const [nodeId, revisionId] = [await onlineNode(api, ada, "pve-slow"), await template(api)];
  await (await ada.caller()).nodes.share({ id: nodeId, projectId });
  const [one, many] = [await bob.caller(), await bob.caller()];
  await Promise.all([one.projects.list(), many.projects.list()]); // they have read their roles
  await remove(ada, bob);
  const create = { ...containerInput(nodeId, revisionId, "late"), projectId };
  expect((await refusal(one.containers.create(create))).code).toBe("not_found");
  const batch = { ...batchInput(nodeId, revisionId, "late-{1..2}"), projectId };
  expect((await refusal(many.batches.create(batch))).code).toBe("not_found");
  expect(await api.db.container.count({ where: { hostname: { startsWith: "late" } } })).toBe(0);
});

test("whose node is shared into a project takes it along: removed from it, or from the organization", async () => {
  for (const leave of ["project", "organization"] as const) {
    const bob = await joined("OPERATOR", "Bob");
    await set(ada, bob, "inherited");
    const nodeId = await onlineNode(api, bob, `pve-${leave}`);
    await (await bob.caller()).nodes.share({ id: nodeId, projectId });
    const usable = async () => (await (await ada.caller()).nodes.usable({ projectId })).some(({ id }) => id === nodeId);
    expect(await usable()).toBe(true);
    if (leave === "project") await remove(ada, bob);
    else await (await ada.caller()).organizations.removeMember({ organizationId, userId: bob.id });
    expect([leave, await usable()]).toEqual([leave, false]);
    expect((await refusal((await bob.caller()).nodes.share({ id: nodeId, projectId }))).code).toBe("not_found");
  }
});
