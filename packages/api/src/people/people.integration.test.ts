// People of an installation, for who set it up: everybody is listed; who is disabled is out at once, and comes back as they were.
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, linkTo, PASSWORD, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let first: TestPerson;
let bob: TestPerson;
beforeAll(async () => {
  api = await startApi();
  [first, bob] = [await person(api, "First"), await person(api, "Bob")];
});
afterAll(() => api.close());

const people = async () => (await first.caller()).people;
const signIn = async () => (await browser(api).caller()).auth.signIn({ email: bob.email, password: PASSWORD });

test("nobody else sees or changes them, and nobody disables themselves", async () => {
  const theirs = (await bob.caller()).people;
  expect([await theirs.isMine(), await (await people()).isMine()]).toEqual([false, true]);
  for (const call of [() => theirs.list(), () => theirs.disable({ id: first.id }), () => theirs.enable({ id: bob.id })])
    expect((await refusal(call())).message).toContain("it is for who set this Homeport up");
  expect((await refusal((await people()).disable({ id: first.id }))).message).toContain("You set this Homeport up");
});

test("they are listed with what one needs to know of them, found by name and address, page by page", async () => {
  const { items } = await (await people()).list();
  expect(items).toEqual([
    {
      id: bob.id,
      name: "Bob",
      email: bob.email,
      status: "ACTIVE",
      confirmedAt: null,
      createdAt: expect.any(Date) as Date,
      lastSeenAt: api.clock.now,
      organizations: 1,
      secondFactor: false,
      quota: null,
    },
    expect.objectContaining({ id: first.id }),
  ]);
  const found = async (search: string) => (await (await people()).list({ search })).items.map(({ name }) => name);
  expect([await found("bOB"), await found(bob.email.toUpperCase()), await found("%")]).toEqual([["Bob"], ["Bob"], []]);
  const { nextCursor, items: one } = await (await people()).list({ limit: 1 });
  expect([one[0]?.id, (await (await people()).list({ limit: 1, cursor: nextCursor })).items[0]?.id]).toEqual([
    bob.id,
    first.id,
  ]);
});

test("who is disabled is out everywhere at once, by no link either; enabled, they are who they were", async () => {
  await signIn();
  await (await browser(api).caller()).reset.ask({ email: bob.email });
  const token = await linkTo(api, bob.email);

  expect(await (await people()).disable({ id: bob.id })).toEqual({ endedSessions: 2, endedTokens: 0 });
  expect(await (await people()).disable({ id: bob.id })).toEqual({ endedSessions: 0, endedTokens: 0 });
  expect(await (await bob.caller()).auth.me()).toBeNull();
  expect((await refusal(signIn())).message).toContain("This account is disabled");
  expect((await (await people()).list()).items[0]).toMatchObject({ status: "DISABLED", lastSeenAt: null });

  expect(await (await people()).enable({ id: bob.id })).toEqual({ id: bob.id });
  // What was mailed before does not come back with them.
  expect((await refusal((await browser(api).caller()).reset.show({ token }))).code).toBe("conflict");
  expect(await signIn()).toMatchObject({ id: bob.id });
  const again = browser(api);
  await (await again.caller()).auth.signIn({ email: bob.email, password: PASSWORD });
  const lines = (await (await again.caller()).activity.list({ targetType: "account" })).items;
  expect(lines.filter(({ actorName }) => actorName === "First").map(({ action }) => action)).toEqual([
    "account.enable",
    "account.disable",
  ]);
});

test("an invitation that somebody made leads nowhere while their account is disabled", async () => {
  const kim = await person(api, "Kim");
  const [own] = await (await kim.caller()).organizations.list();
  const { token } = await (
    await kim.caller()
  ).invitations.create({
    organizationId: own?.id ?? "",
    email: "",
    role: "OWNER",
    projectId: "",
    projectRole: "inherited",
  });
  await (await people()).disable({ id: kim.id });
  const eve = await person(api, "Eve");
  const accept = async () => (await eve.caller()).invitations.accept({ token });
  expect((await (await eve.caller()).invitations.show({ token })).state).toBe("revoked");
  expect((await refusal(accept())).code).toBe("conflict");
  await (await people()).enable({ id: kim.id });
  expect(await accept()).toMatchObject({ slug: own?.slug });
});

test("who is not there is not found", async () => {
  const id = "01890a5d-ac96-774b-bcce-b302099a8057";
  for (const call of [async () => (await people()).disable({ id }), async () => (await people()).enable({ id })])
    expect((await refusal(call())).code).toBe("not_found");
});
