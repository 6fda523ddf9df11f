// The passkeys of an account over a real database: added, named, removed, used in the place of the password, and what the first and the last of them change.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isoBase64URL, isoCBOR } from "@simplewebauthn/server/helpers";
import { RECENT_MS } from "../recent-sign-in";
import { codeAt } from "../testing/code-at";
import { createAuthenticator, type Authenticator } from "../testing/authenticator";
import {
  browser,
  joins,
  mailTo,
  PASSWORD,
  person,
  startApi,
  tokenOf,
  program,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";

const ORIGIN = "https://homeport.lan";
let api: TestApi;
beforeAll(async () => {
  api = await startApi({ publicUrl: ORIGIN });
});
afterAll(() => api.close());

const newKey = () => createAuthenticator({ origin: ORIGIN });
const keys = async (one: TestPerson) => (await one.caller()).passkeys;
async function add(one: TestPerson, key: Authenticator, name: string) {
  const passkeys = await keys(one);
  return passkeys.register({ name, answer: key.create(await passkeys.beginRegister({ name })) });
}
const later = (ms: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + ms);
};

test("the first brings recovery codes and ends what was begun by the password alone; the next ones do not; the mail says so", async () => {
  const ada = await person(api, "Ada");
  const old = browser(api);
  await (await old.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
  const { recoveryCodes, id } = await add(ada, newKey(), "Phone");
  expect(recoveryCodes).toHaveLength(10);
  expect(await (await old.caller()).auth.me()).toBeNull();
  expect(await mailTo(api, ada.email)).toEqual({ kind: "passkey_added" });
  const { id: second, recoveryCodes: none } = await add(ada, newKey(), "Key");
  expect(none).toEqual([]);
  expect(await (await keys(ada)).list()).toMatchObject({
    place: { rpId: "homeport.lan", origin: ORIGIN },
    items: [
      { id: second, name: "Key" },
      { id, name: "Phone", createdAt: api.clock.now, lastUsedAt: null },
    ],
  });
  const shown = (await ada.caller()).secondFactor;
  expect(await shown.show()).toEqual({ confirmedAt: null, passkeys: 2, recoveryCodesLeft: 10, askedBy: [] });
  // There is no app to be turned off, and a code of one would be none.
  expect((await refusal(shown.turnOff({ code: recoveryCodes[0] ?? "" }))).message).toContain("no authenticator app");
  expect(await shown.show()).toMatchObject({ recoveryCodesLeft: 10 });
  expect((await shown.renewCodes({ code: recoveryCodes[0] ?? "" })).recoveryCodes).toHaveLength(10);

  await (await keys(ada)).remove({ id: second });
  expect(await mailTo(api, ada.email)).toEqual({ kind: "passkey_removed" });
  expect(await api.db.recoveryCode.count({ where: { userId: ada.id } })).toBe(10);
  await (await keys(ada)).remove({ id });
  expect(await api.db.recoveryCode.count({ where: { userId: ada.id } })).toBe(0);
  const lines = await api.db.auditLog.findMany({ where: { targetId: ada.id }, orderBy: { id: "asc" } });
  expect(lines.map(({ action, details }) => [action, details]).slice(-5)).toMatchObject([
    ["account.add_passkey", { passkey: "Phone", address: "homeport.lan", endedSessions: 1 }],
    ["account.add_passkey", { passkey: "Key", endedSessions: 0 }],
    ["account.renew_recovery_codes", {}],
    ["account.remove_passkey", { passkey: "Key" }],
    ["account.remove_passkey", { passkey: "Phone" }],
  ]);
});

test("a name each, ten at most, none twice; others' are not there", async () => {
  const bob = await person(api, "Bob");
  const key = newKey();
  const { id } = await add(bob, key, "Key 0");
  expect((await refusal(add(bob, newKey(), "Key 0"))).fields?.["name"]).toContain("a passkey of this name");
  // Between the two calls, elsewhere.
  const creation = await (await keys(bob)).beginRegister({ name: "Key 1" });
  await add(bob, newKey(), "Key 1");
  expect((await refusal((await keys(bob)).register({ name: "Key 1", answer: newKey().create(creation) }))).code).toBe(
    "conflict",
  );
  const eve = await person(api, "Eve");
  expect((await refusal(add(eve, key, "Mine"))).message).toContain("This passkey is registered already");
  expect((await refusal((await keys(eve)).rename({ id, name: "Mine" }))).code).toBe("not_found");
  expect((await refusal((await keys(eve)).remove({ id }))).code).toBe("not_found");
  expect((await refusal((await keys(bob)).rename({ id, name: "Key 1" }))).fields?.["name"]).toContain("of this name");
  expect(await (await keys(bob)).rename({ id, name: "Laptop" })).toEqual({ id });
  for (let at = 2; at < 10; at += 1) await add(bob, newKey(), `Key ${at}`);
  const full = await refusal(add(bob, newKey(), "Key 10"));
  expect([full.code, full.message]).toEqual(["conflict", expect.stringContaining("which is the most at once. Remove")]);
});

test("what is registered was asked for in this session, at our address, of an authenticator that asks who uses it", async () => {
  const carl = await person(api, "Carl");
  const passkeys = await keys(carl);
  const begin = () => passkeys.beginRegister({ name: "Phone" });
  for (const wrong of [{ origin: "https://evil.example" }, { rpId: "evil.example" }, { verified: false }]) {
    const answer = newKey().create(await begin(), wrong);
    const refused = await refusal(passkeys.register({ name: "Phone", answer }));
    expect([wrong, refused.code]).toEqual([wrong, "invalid"]);
  }
  const called = { ...newKey().create(await begin()), id: newKey().id };
  expect((await refusal(passkeys.register({ name: "Phone", answer: { ...called, rawId: called.id } }))).code).toBe(
    "invalid",
  );
  const answer = newKey().create(await begin());
  const eve = await keys(await person(api, "Eva"));
  expect((await refusal(eve.register({ name: "Phone", answer }))).code).toBe("conflict");
  const both = await Promise.allSettled(["A", "B"].map((name) => passkeys.register({ name, answer })));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const junk = { ...answer, response: { ...answer.response, attestationObject: "AAAA" } };
  const challenge = (await begin()).challenge;
  const clientDataJSON = Buffer.from(JSON.stringify({ type: "webauthn.create", challenge, origin: ORIGIN }));
  junk.response.clientDataJSON = clientDataJSON.toString("base64url");
  expect((await refusal(passkeys.register({ name: "C", answer: junk }))).code).toBe("invalid");
  expect(api.logged).toEqual([]);
});

test("who made the authenticator is not asked: what a client sends of it is left out, with its certificates", async () => {
  const dora = await person(api, "Dora");
  const passkeys = await keys(dora);
  const answer = newKey().create(await passkeys.beginRegister({ name: "Phone" }));
  const { attestationObject } = answer.response;
  const sent = isoCBOR.decodeFirst<Map<string, unknown>>(isoBase64URL.toBuffer(attestationObject));
  sent.set("fmt", "packed");
  sent.set(
    "attStmt",
    new Map<string, unknown>([
      ["alg", -7],
      ["sig", new Uint8Array(8)],
      ["x5c", [new Uint8Array(8)]],
    ]),
  );
  answer.response.attestationObject = isoBase64URL.fromBuffer(isoCBOR.encode(sent as never));
  expect((await passkeys.register({ name: "Phone", answer })).recoveryCodes).toHaveLength(10);
});

test("it is used in the place of the password where a recent sign-in is asked for, and of a code for new recovery codes", async () => {
  const fay = await person(api, "Fay");
  const key = newKey();
  const { id } = await add(fay, key, "Phone");
  later(RECENT_MS + 1_000);
  const stale = async () => refusal((await keys(fay)).remove({ id }));
  expect((await stale()).message).toContain("Enter your password once more");
  const other = await person(api, "Gil");
  const theirs = newKey();
  await add(other, theirs, "Phone");
  const asked = async () => (await keys(fay)).beginConfirm({ purpose: "confirm" });
  expect((await asked()).allowCredentials?.map((one) => one.id)).toEqual([key.id]);
  const foreign = await refusal((await keys(fay)).confirm({ answer: theirs.get(await asked()) }));
  expect(foreign.message).toContain("This is a passkey of another account");
  expect((await refusal((await keys(fay)).confirm({ answer: key.get(await asked(), { verified: false }) }))).code).toBe(
    "invalid",
  );
  expect((await stale()).code).toBe("forbidden");
  const refused = await api.db.auditLog.findMany({ where: { action: "account.refuse_passkey" } });
  expect(refused).toMatchObject([{ targetId: fay.id, actorId: fay.id, details: { reason: "passkey.wrong" } }]);
  const answer = key.get(await asked());
  expect((await refusal((await keys(other)).confirm({ answer }))).code).toBe("conflict");
  expect(await (await keys(fay)).confirm({ answer })).toBeNull();
  // What was signed for the one counts for nothing else.
  expect((await refusal((await keys(fay)).renewCodes({ answer: key.get(await asked()) }))).code).toBe("conflict");
  const renewing = await (await keys(fay)).beginConfirm({ purpose: "renew_codes" });
  const renewed = await (await keys(fay)).renewCodes({ answer: key.get(renewing) });
  expect(renewed.recoveryCodes).toHaveLength(10);
  expect((await stale()).code).toBe("accepted");
});

test("where there is a factor, the password alone adds and removes none: one is given in the same session first", async () => {
  const ivo = await person(api, "Ivo");
  const factors = async () => (await ivo.caller()).secondFactor;
  const { secret } = await (await factors()).begin();
  const { recoveryCodes } = await (await factors()).confirm({ code: codeAt(secret, api.clock.now) });
  const byPassword = async (): Promise<void> => {
    later(RECENT_MS + 1_000);
    await (await ivo.caller()).auth.confirmPassword({ password: PASSWORD });
  };
  await byPassword();
  // A passkey that brings new recovery codes, one of which turns the app off.
  expect(await refusal(add(ivo, newKey(), "Theirs"))).toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("Give a code of your authenticator app") as string,
  });
  expect((await refusal((await factors()).giveCode({ code: "000000" }))).message).toContain("does not count");
  expect((await refusal(add(ivo, newKey(), "Theirs"))).code).toBe("forbidden");
  await (await factors()).giveCode({ code: codeAt(secret, api.clock.now) });
  const key = newKey();
  const { id } = await add(ivo, key, "Phone");
  // Asked for with a factor, answered without.
  const creation = await (await keys(ivo)).beginRegister({ name: "Key" });
  later(60_000);
  await (await factors()).turnOff({ code: codeAt(secret, api.clock.now) });
  expect(await mailTo(api, ivo.email)).toEqual({ kind: "app_removed" });
  await byPassword();
  expect((await refusal((await keys(ivo)).register({ name: "Key", answer: newKey().create(creation) }))).code).toBe(
    "forbidden",
  );
  expect((await refusal((await keys(ivo)).remove({ id }))).message).toContain("a recovery code or a passkey");
  expect((await refusal((await factors()).begin())).code).toBe("forbidden");
  // Who has lost the device.
  await (await factors()).giveCode({ code: recoveryCodes[0] ?? "" });
  expect(await mailTo(api, ivo.email)).toEqual({ kind: "recovery_code_used" });
  await (await factors()).begin();
  await byPassword();
  await (await keys(ivo)).confirm({ answer: key.get(await (await keys(ivo)).beginConfirm({ purpose: "confirm" })) });
  expect(await (await keys(ivo)).remove({ id })).toEqual({ id });
  // There is none to be given any more.
  await byPassword();
  expect((await add(ivo, newKey(), "New")).recoveryCodes).toHaveLength(10);
});

test("a sign-in by a passkey is one that gave a factor; by a code, which could be typed anywhere, it takes another for what guards the account", async () => {
  const jo = await person(api, "Jo");
  const key = newKey();
  const { recoveryCodes } = await add(jo, key, "Phone");
  const factorAt = async () =>
    (await api.db.session.findFirstOrThrow({ where: { userId: jo.id }, orderBy: { createdAt: "desc" } })).factorAt;
  expect(await factorAt()).toEqual(api.clock.now);
  later(1_000);
  const code = recoveryCodes[0] ?? "";
  await (await browser(api).caller()).auth.signIn({ email: jo.email, password: PASSWORD, code });
  expect(await factorAt()).toBeNull();
  later(1_000);
  const { passkeys } = await browser(api).caller();
  await passkeys.signIn({ answer: key.get(await passkeys.beginSignIn()) });
  expect(await factorAt()).toEqual(api.clock.now);
  const kay = await person(api, "Kay");
  expect(await api.db.session.findFirst({ where: { userId: kay.id } })).toMatchObject({ factorAt: null });
});

test("whoever adds and removes passkeys again and again has no mail left out that one was removed", async () => {
  const one = await person(api, "Lot");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const deps = { ...api.deps, auth };
  const own = async () => (await one.caller({ deps })).passkeys;
  const mails = () => api.db.mail.count({ where: { to: one.email, kind: "passkey_removed" } });
  let removed = 0;
  for (let round = 0; round < 20; round += 1) {
    await api.db.rateLimit.deleteMany({ where: { key: `passkey:account:${one.id}` } });
    const answer = newKey().create(await (await own()).beginRegister({ name: "Phone" }));
    const added = await (await own()).register({ name: "Phone", answer }).catch((error: unknown) => String(error));
    if (typeof added === "string") {
      expect(added).toContain("Too many tries");
      break;
    }
    await (await own()).remove({ id: added.id });
    removed += 1;
  }
  expect([removed, await mails()]).toEqual([12, 12]);
});

test("an organization that requires a second factor lets in who has a passkey, and what they made since", async () => {
  const owner = await person(api, "Owner");
  const key = newKey();
  const { id: passkeyId } = await add(owner, key, "Phone");
  const slug = `werk-${owner.id.slice(-8)}`;
  const requestKey = owner.id;
  const { id } = await (await owner.caller()).organizations.create({ name: "Werk", slug, requestKey });
  await (await owner.caller()).organizations.requireSecondFactor({ id, required: true });
  const bob = await joins(api, { organizationId: id, role: "OWNER", name: "Bob" });
  const sees = async (who: Pick<TestPerson, "caller">) =>
    (await (await who.caller()).organizations.list()).some((one) => one.id === id);
  const early = program(api, (await tokenOf(bob)).token);
  expect([await sees(owner), await sees(bob), await sees(early)]).toEqual([true, false, false]);
  expect((await refusal((await owner.caller()).organizations.leave({ id }))).code).toBe("conflict");
  later(1_000);
  await add(bob, newKey(), "Key");
  later(1_000);
  expect([await sees(bob), await sees(early), await sees(program(api, (await tokenOf(bob)).token))]).toEqual([
    true,
    false,
    true,
  ]);
  const members = await (await bob.caller()).organizations.members({ id });
  expect(members.map(({ secondFactor }) => secondFactor)).toEqual([true, true]);
  await (await keys(owner)).remove({ id: passkeyId });
  expect(await sees(owner)).toBe(false);
});

test("the demo person, whom a link signs in, has none", async () => {
  const demoFile = path.join(mkdtempSync(path.join(tmpdir(), "homeport-demo-")), "demo.json");
  const demo = await person(api, "Demo");
  writeFileSync(demoFile, JSON.stringify({ email: demo.email, password: PASSWORD }));
  const deps = { ...api.deps, config: { ...api.deps.config, demoFile } };
  expect((await refusal((await demo.caller({ deps })).passkeys.beginRegister({ name: "Phone" }))).message).toContain(
    "the demo person",
  );
});
