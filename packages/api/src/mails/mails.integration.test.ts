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
    content: { kind: "confirm_address", token: await linkTo(api, bob.email) },
    origin: null,
  });
  const seen = (await (await bob.caller()).activity.list({ action: "mail.open" })).items;
  expect(seen).toMatchObject([{ actorName: "First", details: { mail: "Confirm an address" } }]);
});

test("pages go on where the one before ended", async () => {
  const one = await (await mails()).list({ limit: 1 });
  const two = await (await mails()).list({ limit: 1, cursor: one.nextCursor });
  expect([one.items[0]?.to, two.items[0]?.to, two.nextCursor]).toEqual([bob.email, first.email, null]);
});

test("a mail whose link was used, or lost its place, is opened and sent no more", async () => {
  const eve = await person(api, "Eve");
  const id = await newest(eve.email);
  const lapsed = async () => (await (await mails()).list()).items.find((mail) => mail.id === id)?.lapsed;
  expect(await lapsed()).toBe(false);
  await (await eve.caller()).address.sendLink();
  expect(await lapsed()).toBe(true);
  expect((await refusal((await mails()).open({ id }))).message).toContain("Its link was used or has ended");
  await api.db.mail.update({ where: { id }, data: { state: "dead" } });
  expect((await refusal((await mails()).sendAgain({ id }))).message).toContain("Its link was used or has ended");
});

/** As after another start, with or without the settings of a mail server. */
const started = async (mailServer: boolean) =>
  (
    await first.caller({
      deps: { ...api.deps, config: { ...api.deps.config, mailServer, origins: ["https://homeport.lan"] } },
    })
  ).mails;

test("with a mail server what was kept can be sent, and is opened no more; without one what was given up is kept", async () => {
  const kim = await person(api, "Kim");
  const id = await newest(kim.email);
  const row = () => api.db.mail.findUniqueOrThrow({ where: { id } });
  expect(await (await started(false)).open({ id })).toMatchObject({ origin: "https://homeport.lan" });
  expect((await refusal((await started(true)).open({ id }))).message).toContain("It is for its reader");
  expect(await (await started(true)).sendAgain({ id })).toEqual({ id, state: "queued" });
  expect(await row()).toMatchObject({ state: "queued", settledAt: null });

  expect(await (await started(true)).list()).toMatchObject({ mailServer: true, stands: false });
  api.clock.now = new Date(api.clock.now.getTime() + 61_000);
  expect(await (await started(true)).list()).toMatchObject({ stands: true });

  await api.db.mail.update({ where: { id }, data: { state: "dead", settledAt: api.clock.now, failure: "refused" } });
  expect(await (await started(false)).sendAgain({ id })).toEqual({ id, state: "kept" });
  expect(await row()).toMatchObject({ state: "kept", failure: null });
  expect((await refusal((await started(false)).sendAgain({ id }))).code).toBe("conflict");
});

test("what was given up is sent again or discarded; what is under way or sent is not", async () => {
  const lea = await person(api, "Lea");
  const id = await newest(lea.email);
  const set = (data: object) => api.db.mail.update({ where: { id }, data });
  const again = async () => (await started(true)).sendAgain({ id });
  const discard = async () => (await mails()).discard({ id });
  await set({ state: "dead", failure: "refused", response: "550 no such user", tries: 1 });
  expect((await (await mails()).list()).items[0]).toMatchObject({ failure: "refused", response: "550 no such user" });
  expect(await again()).toEqual({ id, state: "queued" });
  expect(await api.db.mail.findUnique({ where: { id } })).toMatchObject({ tries: 0, failure: null, response: null });
  for (const call of [again, discard])
    expect((await refusal(call())).message).toContain("only one that was given up or kept");

  await set({ state: "kept", settledAt: api.clock.now });
  expect(await discard()).toEqual({ id });
  for (const call of [again, discard, async () => (await mails()).open({ id })])
    expect((await refusal(call())).code).toBe("not_found");
});
