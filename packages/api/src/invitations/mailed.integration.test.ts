// An invitation for an address is mailed, in the name of somebody whose own address is confirmed; a new link is mailed anew.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkTo, mailTo, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";

let api: TestApi;
let ada: TestPerson;
let organizationId: string;
let projectId: string;
beforeAll(async () => {
  api = await startApi({ mailServer: true });
  ada = await person(api, "Ada");
  const slug = `o-${randomUUID().slice(0, 8)}`;
  ({ id: organizationId } = await (
    await ada.caller()
  ).organizations.create({ name: "Workshop", slug, requestKey: randomUUID() }));
  ({ id: projectId } = await (
    await ada.caller()
  ).projects.create({ organizationId, name: "Web", slug, requestKey: randomUUID() }));
});
afterAll(() => api.close());

const address = () => `${randomUUID().slice(0, 8)}@example.com`;
const invite = async (email: string) =>
  (await ada.caller()).invitations.create({
    organizationId,
    email,
    role: "OPERATOR",
    projectId,
    projectRole: "VIEWER",
  });
const mails = (to: string) => api.db.mail.count({ where: { to } });

test("in the name of an address that nobody confirmed none is mailed: it may be somebody else's", async () => {
  const to = address();
  expect(await invite(to)).toMatchObject({ mailed: "unconfirmed" });
  expect(await mails(to)).toBe(0);
});

test("else it is mailed with the link that was shown, and says who invites to what; without an address there is no mail", async () => {
  await (await ada.caller()).address.confirm({ token: await linkTo(api, ada.email) });
  const to = address();
  const { id, token, mailed } = await invite(to);
  expect(mailed).toBe("sent");
  const letter = {
    kind: "invitation",
    organization: "Workshop",
    role: "OPERATOR",
    project: { name: "Web", role: "VIEWER" },
    invitedBy: { name: "Ada", email: ada.email },
  };
  expect(await mailTo(api, to)).toEqual({ ...letter, token });

  const renewed = await (await ada.caller()).invitations.renew({ id });
  expect(renewed.mailed).toBe("sent");
  expect(await mailTo(api, to)).toEqual({ ...letter, token: renewed.token });
  // The mail before it is worth nothing now.
  const listed = (await (await ada.caller()).mails.list()).items.filter((mail) => mail.to === to);
  expect(listed.map(({ lapsed }) => lapsed)).toEqual([false, true]);

  expect((await invite("")).mailed).toBeNull();
});

test("one address gets only so many of them", async () => {
  const to = address();
  const { id } = await invite(to);
  const key = { startsWith: "mail:to:" };
  await api.db.rateLimit.updateMany({ where: { key }, data: { tokens: -100_000 } });
  const renew = async () => (await ada.caller()).invitations.renew({ id });
  // The link can be handed over all the same.
  expect(await renew()).toMatchObject({ mailed: "held_back", token: expect.stringMatching(/^[\w-]{43}$/) as string });
  expect(await mails(to)).toBe(1);
  await api.db.rateLimit.deleteMany({ where: { key } });
  expect(await renew()).toMatchObject({ mailed: "sent" });
});
