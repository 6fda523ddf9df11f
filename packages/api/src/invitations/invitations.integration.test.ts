// Invitations: one link, one person, seven days, never above the role of who invites; and sign-up by invitation.
import { randomUUID } from "node:crypto";
import { hashToken } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, joins, PASSWORD, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { MOST_MEMBERS } from "./accept";
import { MOST_INVITATIONS } from "./create";

let api: TestApi;
let ada: TestPerson;
beforeAll(async () => {
  api = await startApi();
  ada = await person(api, "Ada");
});
afterAll(() => api.close());

const slug = () => `o-${randomUUID().slice(0, 8)}`;
const organization = async () =>
  (await ada.caller()).organizations.create({ name: "Workshop", slug: slug(), requestKey: randomUUID() });
const project = async (organizationId: string) =>
  (await ada.caller()).projects.create({ organizationId, name: "Web", slug: slug(), requestKey: randomUUID() });
const invite = async (by: TestPerson, organizationId: string, input: object = {}) =>
  (await by.caller()).invitations.create({
    organizationId,
    email: "",
    role: "OPERATOR",
    projectId: "",
    projectRole: "inherited",
    ...input,
  });
const accept = async (by: TestPerson, token: string) => (await by.caller()).invitations.accept({ token });
const show = async (token: string) => (await browser(api).caller()).invitations.show({ token });
const roleOf = async (organizationId: string, userId: string) =>
  (await api.db.organizationMember.findUnique({ where: { organizationId_userId: { organizationId, userId } } }))?.role;

test("whoever has the link sees what it offers, joins once, and is in the project that was chosen", async () => {
  const { id, slug: address } = await organization();
  const web = await project(id);
  const { token } = await invite(ada, id, { projectId: web.id });
  expect(await show(token)).toEqual({
    state: "open",
    offer: {
      organization: "Workshop",
      role: "OPERATOR",
      project: { name: "Web", role: "inherited" },
      invitedBy: "Ada",
      email: null,
    },
    joined: null,
  });
  const bob = await person(api, "Bob");
  const joined = { slug: address, projectSlug: web.slug };
  expect(await accept(bob, token)).toEqual(joined);
  expect(await accept(bob, token)).toEqual(joined); // as after a lost answer
  expect(await (await bob.caller()).projects.get({ slug: web.slug })).toMatchObject({
    role: "OPERATOR",
    roleOf: "organization",
  });
  expect(await show(token)).toEqual({ state: "accepted", offer: null, joined: null });
  expect((await (await bob.caller()).invitations.show({ token })).joined).toEqual(joined);
  const late = await refusal(accept(await person(api, "Late"), token));
  expect(late).toMatchObject({ code: "conflict" });
  expect(late.message).toContain("is not open any more. Somebody has accepted it");
  await (await ada.caller()).organizations.removeMember({ organizationId: id, userId: bob.id });
  expect((await refusal(accept(bob, token))).message).toContain("is not open any more");
  expect(await (await bob.caller()).invitations.show({ token })).toEqual({
    state: "accepted",
    offer: null,
    joined: null,
  });
  const lines = await api.db.auditLog.findMany({ where: { organizationId: id, action: "member.join" } });
  expect(lines.map(({ actorId, details }) => [actorId, details])).toEqual([
    [bob.id, { role: "OPERATOR", project: "Web", projectRole: "inherited", invitedBy: ada.email }],
  ]);
});

test("a role of the project's own is that one there, whatever the organization says", async () => {
  const { id } = await organization();
  const web = await project(id);
  const { token } = await invite(ada, id, { role: "VIEWER", projectId: web.id, projectRole: "ADMIN" });
  const bob = await person(api, "Bob");
  await accept(bob, token);
  expect(await (await bob.caller()).projects.get({ slug: web.slug })).toMatchObject({
    role: "ADMIN",
    roleOf: "project",
  });
  expect(await roleOf(id, bob.id)).toBe("VIEWER");
});

test("of five who accept one link at once, one joins", async () => {
  const { id } = await organization();
  const { token } = await invite(ada, id);
  const people = await Promise.all(Array.from({ length: 5 }, () => person(api, "Many")));
  const all = await Promise.allSettled(people.map((one) => accept(one, token)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await api.db.organizationMember.count({ where: { organizationId: id } })).toBe(2);
});

test("one for an address is accepted by that account alone; another is told so, and it stays open", async () => {
  const { id } = await organization();
  const bob = await person(api, "Bob");
  const { token } = await invite(ada, id, { email: ` ${bob.email.toUpperCase()} ` });
  const eve = await person(api, "Eve");
  const refused = await refusal(accept(eve, token));
  expect(refused.code).toBe("forbidden");
  expect(refused.message).toContain(
    `This invitation is for ${bob.email}, and your account has the address ${eve.email}.`,
  );
  await accept(bob, token);
});

test("one address has one open invitation; a member needs none, by address or by link", async () => {
  const { id } = await organization();
  const email = `new-${randomUUID()}@example.com`;
  await invite(ada, id, { email });
  const second = await refusal(invite(ada, id, { email }));
  expect(second.fields?.email).toContain("There is an open invitation for this address");
  const bob = await joins(api, { organizationId: id, role: "VIEWER" });
  expect((await refusal(invite(ada, id, { email: bob.email }))).fields?.email).toContain(
    "belongs to the organization already",
  );
  const { token } = await invite(ada, id);
  expect((await refusal(accept(bob, token))).message).toContain("You belong to Workshop already");
  expect((await show(token)).state).toBe("open");
});

test("after seven days it has lapsed; a new link ends the old one, and counts from then", async () => {
  const { id } = await organization();
  const { id: invitationId, token } = await invite(ada, id);
  const bob = await person(api, "Bob");
  const then = api.clock.now;
  api.clock.now = new Date(then.getTime() + 7 * 86_400_000);
  const [lapsed] = await (await ada.caller()).invitations.list({ organizationId: id });
  expect(lapsed).toMatchObject({ id: invitationId, lapsed: true });
  expect((await refusal(accept(bob, token))).message).toContain("Its seven days are over");
  const renewed = await (await ada.caller()).invitations.renew({ id: invitationId });
  expect((await refusal(accept(bob, token))).message).toContain("There is no such invitation");
  await accept(bob, renewed.token);
  api.clock.now = then;
});

test("a revoked one says so, to whoever has it and to whoever wants to renew it", async () => {
  const { id } = await organization();
  const { id: invitationId, token } = await invite(ada, id);
  const settle = async (how: "revoke" | "renew") => (await ada.caller()).invitations[how]({ id: invitationId });
  await settle("revoke");
  expect((await refusal(accept(await person(api, "Bob"), token))).message).toContain("It was taken back");
  for (const how of ["revoke", "renew"] as const)
    expect((await refusal(settle(how))).message).toContain("It was revoked");
  expect(await (await ada.caller()).invitations.list({ organizationId: id })).toEqual([]);
});

test("nobody invites above their own role, nor renews or revokes such an invitation; others invite nobody and see none", async () => {
  const { id } = await organization();
  const admin = await joins(api, { organizationId: id, role: "ADMIN" });
  const operator = await joins(api, { organizationId: id, role: "OPERATOR" });
  expect((await refusal(invite(admin, id, { role: "OWNER" }))).code).toBe("forbidden");
  await invite(admin, id, { role: "ADMIN" });
  const { id: ofOwner } = await invite(ada, id, { role: "OWNER" });
  for (const how of ["renew", "revoke"] as const) {
    expect((await refusal((await admin.caller()).invitations[how]({ id: ofOwner }))).code).toBe("forbidden");
    expect((await refusal((await operator.caller()).invitations[how]({ id: ofOwner }))).code).toBe("not_found");
  }
  expect((await refusal(invite(operator, id, { role: "VIEWER" }))).code).toBe("forbidden");
  expect((await refusal((await operator.caller()).invitations.list({ organizationId: id }))).code).toBe("forbidden");
});

test("what somebody could not invite to any more ends with their role, or with their membership", async () => {
  const { id } = await organization();
  const bob = await joins(api, { organizationId: id, role: "OWNER" });
  const tokens = [await invite(bob, id, { role: "OWNER" }), await invite(bob, id, { role: "ADMIN" })].map(
    ({ token }) => token,
  );
  const states = async () => Promise.all(tokens.map(async (token) => (await show(token)).state));
  const change = { organizationId: id, userId: bob.id };
  await (await ada.caller()).organizations.setRole({ ...change, role: "ADMIN" });
  expect(await states()).toEqual(["revoked", "open"]);
  await (await ada.caller()).organizations.removeMember(change);
  expect(await states()).toEqual(["revoked", "revoked"]);
});

test("nobody invites into a project above what they may give there, nor into one that was deleted", async () => {
  const { id } = await organization();
  const web = await project(id);
  const admin = await joins(api, { organizationId: id, role: "ADMIN" });
  await (await ada.caller()).projects.setMemberRole({ projectId: web.id, userId: admin.id, role: "VIEWER" });
  for (const projectRole of ["ADMIN", "VIEWER", "inherited"] as const) {
    const refused = await refusal(invite(admin, id, { role: "VIEWER", projectId: web.id, projectRole }));
    expect([projectRole, refused.code]).toEqual([projectRole, "forbidden"]);
  }
  await (await ada.caller()).projects.destroy({ id: web.id, name: "Web" });
  expect((await refusal(invite(ada, id, { projectId: web.id }))).code).toBe("not_found");
});

test("who has joined, or was removed, does not come back by another link for their address", async () => {
  const { id } = await organization();
  const bob = await person(api, "Bob");
  const { token: first } = await invite(ada, id, { email: bob.email });
  const { token: open } = await invite(ada, id);
  await accept(bob, open);
  expect((await show(first)).state).toBe("revoked");
  await api.db.invitation.updateMany({ where: { organizationId: id, email: bob.email }, data: { revokedAt: null } });
  await (await ada.caller()).organizations.removeMember({ organizationId: id, userId: bob.id });
  expect((await refusal(accept(bob, first))).message).toContain("It was taken back");
});

test("a token that nobody made is answered in the same words, to strangers and members alike", async () => {
  const token = "A".repeat(43);
  const bob = await person(api, "Bob");
  for (const answer of [show(token), accept(bob, token)])
    expect(await refusal(answer)).toMatchObject({
      code: "not_found",
      message: expect.stringMatching(/^There is no such invitation/) as string,
    });
});

test("a project of another organization is not there, whoever asks", async () => {
  const [{ id }, other] = [await organization(), await organization()];
  const web = await project(other.id);
  expect((await refusal(invite(ada, id, { projectId: web.id }))).code).toBe("not_found");
});

test("the token is in no row, no list and no line", async () => {
  const { id } = await organization();
  const { token } = await invite(ada, id, { email: `secret-${randomUUID()}@example.com` });
  const rows = await api.db.invitation.findMany({ where: { organizationId: id } });
  expect(rows.map(({ tokenHash }) => tokenHash)).toEqual([hashToken(token)]);
  const all = [
    rows,
    await (await ada.caller()).invitations.list({ organizationId: id }),
    (await api.db.auditLog.findMany()).map(({ id: line, ...rest }) => ({ ...rest, line: String(line) })),
    api.logged,
  ];
  expect(JSON.stringify(all)).not.toContain(token);
  const [listed] = await (await ada.caller()).invitations.list({ organizationId: id });
  expect(JSON.stringify(listed)).not.toContain(hashToken(token));
});

test("there is an end to open invitations, and to members", async () => {
  const { id } = await organization();
  const { token } = await invite(ada, id);
  await api.db.invitation.createMany({
    data: Array.from({ length: MOST_INVITATIONS - 1 }, () => ({
      organizationId: id,
      role: "VIEWER" as const,
      tokenHash: randomUUID(),
      invitedById: ada.id,
      expiresAt: api.clock.now,
    })),
  });
  expect((await refusal(invite(ada, id))).message).toContain("invitations of this organization are open");
  const crowd = await api.db.user.createManyAndReturn({
    data: Array.from({ length: MOST_MEMBERS - 1 }, () => ({
      email: `${randomUUID()}@example.com`,
      name: "n",
      passwordHash: "-",
    })),
    select: { id: true },
  });
  await api.db.organizationMember.createMany({
    data: crowd.map(({ id: userId }) => ({ organizationId: id, userId, role: "VIEWER" as const })),
  });
  expect((await refusal(accept(await person(api, "Late"), token))).message).toContain(
    "is the most that one organization has",
  );
});

test("a link makes an account and a member in one, or neither", async () => {
  const { id } = await organization();
  const { token } = await invite(ada, id);
  const account = { name: "New", email: `new-${randomUUID()}@example.com`, password: PASSWORD };
  const signUp = async (more: object) => (await browser(api).caller()).auth.signUp({ ...account, ...more });
  const { id: userId } = await signUp({ invitation: token });
  expect(await roleOf(id, userId)).toBe("OPERATOR");
  expect((await refusal(signUp({ email: `other-${randomUUID()}@example.com`, invitation: token }))).message).toContain(
    "is not open any more",
  );
  expect(await api.db.user.count({ where: { email: { startsWith: "other-" } } })).toBe(0);
});

test("where sign-up is by invitation, only who was invited makes an account; where it is closed, nobody", async () => {
  const { id } = await organization();
  const { token } = await invite(ada, id);
  const signUp = async (mode: "invitation" | "closed", more: object) => {
    const deps = { ...api.deps, config: { ...api.deps.config, signUp: mode } };
    const account = { name: "New", email: `new-${randomUUID()}@example.com`, password: PASSWORD };
    return (await browser(api).caller({ deps })).auth.signUp({ ...account, ...more });
  };
  expect((await refusal(signUp("invitation", {}))).message).toContain("Sign-up is by invitation here");
  expect((await refusal(signUp("closed", { invitation: token }))).message).toContain("Sign-up is closed here");
  await signUp("invitation", { invitation: token });
});
