// Roles in a project: set, taken back to the organization's, ended; and no sequence of calls gives anybody more than was theirs to give.
import { randomUUID } from "node:crypto";
import type { OrganizationRole } from "@homeport/db/types";
import { isAbove } from "@homeport/domain/access/rank";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joins, person, startApi, type TestApi, type TestPerson } from "../../testing/fixture";
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
    ["member.set_project_role", { project: "Works", role: "OPERATOR" }],
    ["member.set_project_role", { project: "Works", roleBefore: "inherited", role: "VIEWER" }],
    ["member.set_project_role", { project: "Works", roleBefore: "VIEWER", role: "OPERATOR" }],
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

/** The same walk in every run. */
function dice(seed: number) {
  let last = seed;
  return <T>(of: readonly T[]): T => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    const one = of[last % of.length];
    if (one === undefined) throw new Error("of nothing");
    return one;
  };
}

test("a long walk of calls by everybody gives nobody more than who gave it had", async () => {
  const people = [ada, await joined("ADMIN", "A"), await joined("OPERATOR", "B"), await joined("VIEWER", "C")];
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
  let done = 0;
  for (let nth = 0; nth < 120; nth += 1) {
    const [by, who] = [pick(people), pick(people.slice(1))];
    const [mine, before] = [await rolesOf(by), await rolesOf(who)];
    const { organizations, projects } = await by.caller();
    const at = { userId: who.id };
    const call = pick([
      () => organizations.setRole({ ...at, organizationId, role: pick(["OWNER", "ADMIN", "OPERATOR", "VIEWER"]) }),
      () => projects.setMemberRole({ ...at, projectId, role: pick(["inherited", "ADMIN", "OPERATOR", "VIEWER"]) }),
      () => projects.removeMember({ ...at, projectId }),
    ]);
    const went = await call().then(
      () => true,
      () => false,
    );
    const after = await rolesOf(who);
    if (!went) expect([nth, after]).toEqual([nth, before]);
    else {
      done += 1;
      const rises = (place: "organization" | "project") => above(after[place], before[place]);
      const reach = mine.organization === "OWNER" ? "OWNER" : mine.project;
      expect([nth, rises("organization") && above(after.organization, mine.organization)]).toEqual([nth, false]);
      expect([nth, rises("project") && above(after.project, reach)]).toEqual([nth, false]);
    }
  }
  expect(done).toBeGreaterThan(20);
});
