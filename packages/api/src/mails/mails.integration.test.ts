// The mails of an installation are for who set it up: with a mail server how they stand, without one also what they say.
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkTo, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let first: TestPerson;
let bob: TestPerson;
beforeAll(async () => {
  api = await startApi();
  [first, bob] = [await person(api, "First"), await person(api, "Bob")];
});
afterAll(() => api.close());

const mails = async () => (await first.caller()).mails;
const newest = async (to: string) =>
  (await api.db.mail.findFirstOrThrow({ where: { to }, orderBy: { id: "desc" } })).id;

test("nobody else sees, opens or settles one", async () => {
  const id = await newest(bob.email);
  const theirs = (await bob.caller()).mails;
  for (const call of [
    () => theirs.list(),
    () => theirs.open({ id }),
    () => theirs.sendAgain({ id }),
    () => theirs.discard({ id }),
  ])
    expect((await refusal(call())).message).toContain("it is for who set this Homeport up");
});

test("without a mail server each is kept: its text is shown to who set Homeport up, and its reader sees that it was", async () => {
  const { mailServer, items } = await (await mails()).list();
  expect(mailServer).toBe(false);
  expect(items.map(({ to, kind, state }) => [to, kind, state])).toEqual([
    [bob.email, "confirm_address", "kept"],
    [first.email, "confirm_address", "kept"],
  ]);
  expect(JSON.stringify(items)).not.toContain(await linkTo(api, bob.email));
  expect(await (await mails()).open({ id: await newest(bob.email) })).toEqual({
    kind: "confirm_address",
    token: await linkTo(api, bob.email),
  });
  const seen = (await (await bob.caller()).activity.list({ action: "mail.open" })).items;
  expect(seen).toMatchObject([{ actorName: "First", details: { mail: "Confirm an address" } }]);
});

test("pages go on where the one before ended", async () => {
  const one = await (await mails()).list({ limit: 1 });
  const two = await (await mails()).list({ limit: 1, cursor: one.nextCursor });
  expect([one.items[0]?.to, two.items[0]?.to, two.nextCursor]).toEqual([bob.email, first.email, null]);
});

test("what was given up is sent again or discarded; what is under way, sent or lapsed is not", async () => {
  const eve = await person(api, "Eve");
  const id = await newest(eve.email);
  const set = (data: object) => api.db.mail.update({ where: { id }, data });
  const opened = async () => refusal((await mails()).open({ id }));
  const again = async () => (await mails()).sendAgain({ id });
  expect((await refusal(again())).message).toBe("It was not given up: only such a mail is sent again.");

  await set({ state: "dead", failure: "refused", response: "550 no such user", tries: 1 });
  expect((await (await mails()).list()).items[0]).toMatchObject({ failure: "refused", response: "550 no such user" });
  expect((await opened()).message).toContain("only one that is kept here is opened");
  expect(await again()).toEqual({ id });
  expect(await api.db.mail.findUnique({ where: { id } })).toMatchObject({ state: "queued", tries: 0, failure: null });
  expect((await refusal((await mails()).discard({ id }))).message).toContain("only what was given up is discarded");

  await set({ state: "dead", settledAt: api.clock.now, lapsesAt: api.clock.now });
  expect((await refusal(again())).message).toContain("Its link has ended");
  await set({ state: "kept" });
  expect((await opened()).message).toContain("Its link has ended");
  expect(await (await mails()).discard({ id })).toEqual({ id });
  for (const call of [again, async () => (await mails()).open({ id }), async () => (await mails()).discard({ id })])
    expect((await refusal(call())).code).toBe("not_found");
});
