// Whose an e-mail address is, over a real database: links that confirm and change it, once, by whoever reads the mail.
import { afterAll, beforeAll, expect, test } from "vitest";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAuth } from "@homeport/auth";
import { browser, linkTo, mailTo, PASSWORD, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";

const HOUR_MS = 3_600_000;
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ mailServer: true });
});
afterAll(() => api.close());

const later = (ms: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + ms);
};
const confirm = async (token: string, who: Pick<TestPerson, "caller"> = browser(api)) =>
  (await who.caller()).address.confirm({ token });

test("who signs up gets a link, opens it anywhere, and the address is confirmed; opening it again says the same", async () => {
  const ada = await person(api, "Ada");
  const show = async () => (await ada.caller()).address.show();
  expect(await show()).toMatchObject({ email: ada.email, confirmedAt: null, pending: { email: ada.email } });
  expect(await api.db.mail.findFirst({ where: { to: ada.email } })).toMatchObject({ state: "queued", tries: 0 });

  const token = await linkTo(api, ada.email);
  expect(await confirm(token)).toEqual({ email: ada.email });
  expect(await show()).toMatchObject({ confirmedAt: api.clock.now, pending: null });
  expect(await confirm(token)).toEqual({ email: ada.email });
  const lines = (await (await ada.caller()).activity.list({ action: "account.confirm_address" })).items;
  expect(lines).toMatchObject([{ actorName: "Ada" }]);
  expect((await refusal((await ada.caller()).address.sendLink())).message).toBe("Your address is confirmed already.");
});

test("a newer link ends the one before, each ends after a day, and what is no link is told so", async () => {
  const ada = await person(api, "Links");
  const first = await linkTo(api, ada.email);
  await (await ada.caller()).address.sendLink();
  const second = await linkTo(api, ada.email);
  expect((await refusal(confirm(first))).message).toContain("something took its place");
  later(24 * HOUR_MS + 1);
  expect(await refusal(confirm(second))).toMatchObject({ code: "conflict" });
  expect(await refusal(confirm("A".repeat(43)))).toMatchObject({ code: "not_found" });
  expect((await refusal(confirm("too short"))).fields).toEqual({
    token: "This is no whole link: copy all of it, from http to its last character.",
  });
});

test("an address changes when its own person opens the link at the new one; the old one is told twice, and signs in no more", async () => {
  const ada = await person(api, "Moves");
  const to = `new-${ada.email}`;
  expect(await (await ada.caller()).address.change({ email: to.toUpperCase() })).toMatchObject({ email: to });
  const show = async () => (await ada.caller()).address.show();
  expect(await show()).toMatchObject({ email: ada.email, pending: { email: to } });
  expect(await mailTo(api, to)).toMatchObject({ kind: "change_address", from: ada.email });

  expect(await mailTo(api, ada.email)).toEqual({ kind: "change_asked", to });

  // A link to set a password that went to the old address sets none afterwards.
  await (await browser(api).caller()).reset.ask({ email: ada.email });
  const reset = await linkTo(api, ada.email);
  const token = await linkTo(api, to);
  // Whoever else reads the mail takes no account by it, signed in as somebody or not.
  const eve = await person(api, "Astray");
  for (const other of [browser(api), eve])
    expect((await refusal(confirm(token, other))).message).toContain("this link changes the address of that account");
  const link = { account: ada.email, email: to };
  expect(await (await eve.caller()).address.showLink({ token })).toEqual({
    ...link,
    signedIn: eve.email,
  });
  expect(await (await ada.caller()).address.showLink({ token })).toEqual({
    ...link,
    signedIn: ada.email,
  });
  await confirm(token, ada);
  expect(await show()).toMatchObject({ email: to, confirmedAt: api.clock.now, pending: null });
  expect(await mailTo(api, ada.email)).toEqual({ kind: "address_changed", to });
  expect(await refusal((await browser(api).caller()).reset.show({ token: reset }))).toMatchObject({ code: "conflict" });
  const signIn = async (email: string) => (await browser(api).caller()).auth.signIn({ email, password: PASSWORD });
  expect((await refusal(signIn(ada.email))).code).toBe("invalid");
  expect(await signIn(to)).toMatchObject({ id: ada.id, email: to });
});

test("a change can be taken back, is none to the same address, and leads to no address that is another account's", async () => {
  const [ada, bob] = [await person(api, "Back"), await person(api, "Bob")];
  const caller = await ada.caller();
  expect((await refusal(caller.address.change({ email: ada.email }))).fields).toEqual({
    email: "This is your address already.",
  });
  await caller.address.change({ email: `x-${ada.email}` });
  await caller.address.cancelChange();
  expect((await refusal(confirm(await linkTo(api, `x-${ada.email}`)))).code).toBe("conflict");
  expect(await caller.address.cancelChange()).toBeNull();

  // That it is somebody's is said to nobody but who reads their mail.
  expect(await caller.address.change({ email: bob.email })).toMatchObject({ email: bob.email });
  const token = await linkTo(api, bob.email);
  expect((await refusal(confirm(token, ada))).message).toBe("Another account has this address by now.");
  expect(await caller.address.show()).toMatchObject({ email: ada.email, confirmedAt: null });
});

test("of two who open a link at once one confirms; a disabled account's does nothing", async () => {
  const ada = await person(api, "Twice");
  const to = `two-${ada.email}`;
  await (await ada.caller()).address.change({ email: to });
  const token = await linkTo(api, to);
  const both = await Promise.all([confirm(token, ada), confirm(token, ada)]);
  expect(both).toEqual([{ email: to }, { email: to }]);
  expect(await api.db.auditLog.count({ where: { action: "account.change_address", actorId: ada.id } })).toBe(1);

  const eve = await person(api, "Eve");
  await api.db.user.update({ where: { id: eve.id }, data: { status: "DISABLED" } });
  expect((await refusal(confirm(await linkTo(api, eve.email)))).code).toBe("conflict");
});

test("of two links that are asked for at once one counts; a new password ends a change that somebody else began", async () => {
  const ada = await person(api, "Race");
  const caller = await ada.caller();
  await Promise.all(["a", "b", "c"].map((at) => caller.address.change({ email: `${at}-${ada.email}` })));
  const open = { user: { id: ada.id }, usedAt: null, expiresAt: { gt: api.clock.now } };
  expect(await api.db.emailVerificationToken.count({ where: open })).toBe(1);

  const thief = browser(api);
  await (await thief.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
  await (await thief.caller()).address.change({ email: `thief-${ada.email}` });
  const theirs = await linkTo(api, `thief-${ada.email}`);
  await (await ada.caller()).auth.changePassword({ current: PASSWORD, next: "another night in the lab" });
  expect((await refusal(confirm(theirs, ada))).code).toBe("conflict");

  await (await ada.caller()).address.change({ email: `later-${ada.email}` });
  const later = await linkTo(api, `later-${ada.email}`);
  await (await browser(api).caller()).reset.ask({ email: ada.email });
  const token = await linkTo(api, ada.email);
  await (await browser(api).caller()).reset.finish({ token, password: "a third night in the lab" });
  expect((await refusal(confirm(later))).message).toContain("something took its place");
});

test("one address gets only so many mails, whoever causes them; an account asks for only so many", async () => {
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now, limitFactor: 1 });
  const deps = { ...api.deps, auth };
  const target = "victim@example.com";
  const outcomes = [];
  for (let count = 0; count < 4; count += 1) {
    const one = await person(api, `Flood${count}`);
    for (let time = 0; time < 3; time += 1)
      outcomes.push((await refusal((await one.caller({ deps })).address.change({ email: target }))).code);
  }
  expect(outcomes.filter((code) => code === "accepted")).toHaveLength(10);
  expect(outcomes.filter((code) => code === "too_many_requests")).toHaveLength(2);
  const late = await person(api, "Late");
  expect((await refusal((await late.caller({ deps })).address.change({ email: target }))).message).toContain(
    "has had as many mails from here as one address gets at once",
  );
  const eager = await person(api, "Eager");
  const send = async () => (await refusal((await eager.caller({ deps })).address.sendLink())).code;
  const codes = [];
  for (let time = 0; time < 6; time += 1) codes.push(await send());
  expect(codes).toEqual([...Array.from({ length: 5 }, () => "accepted"), "too_many_requests"]);
});

test("the demo person keeps the address by which they are known", async () => {
  const demo = await person(api, "Demo");
  const demoFile = path.join(mkdtempSync(path.join(tmpdir(), "homeport-demo-")), "demo.json");
  writeFileSync(demoFile, JSON.stringify({ email: demo.email, password: PASSWORD }));
  const deps = { ...api.deps, config: { ...api.deps.config, demoFile } };
  const change = async () => (await demo.caller({ deps })).address.change({ email: `x-${demo.email}` });
  expect((await refusal(change())).message).toContain("This is the demo person");
});
