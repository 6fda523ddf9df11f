// Signing in by a passkey over a real database, with an authenticator in memory: once for each challenge, at our address, by whose it is; and that a password
// alone is not enough any more.
import { randomBytes } from "node:crypto";
import { createAuth } from "@homeport/auth";
import { createVault } from "@homeport/db/sealing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeResetLink } from "../../../../scripts/stack/reset-link";
import { createAuthenticator, type Authenticator } from "../testing/authenticator";
import { codeAt } from "../testing/code-at";
import {
  browser,
  linkTo,
  mailTo,
  PASSWORD,
  person,
  startApi,
  tokenOf,
  type TestApi,
  type TestPerson,
} from "../testing/fixture";
import { refusal } from "../testing/refusal";
import { CHALLENGE_MS, newChallenge } from "./challenges";

const ORIGIN = "https://homeport.lan";
let api: TestApi;
let first: TestPerson;
beforeAll(async () => {
  api = await startApi({ publicUrl: ORIGIN });
  first = await person(api, "First");
});
afterAll(() => api.close());

/** Somebody with a passkey, and the authenticator that has it. */
async function withPasskey(name: string, options: { counts?: boolean } = {}) {
  const one = await person(api, name);
  const key = createAuthenticator({ origin: ORIGIN, ...options });
  const { recoveryCodes, id } = await add(one, key);
  return { one, key, recoveryCodes, id };
}

async function add(one: TestPerson, key: Authenticator, name = "Phone") {
  const { passkeys } = await one.caller();
  return passkeys.register({ name, answer: key.create(await passkeys.beginRegister({ name })) });
}

const begin = async () => (await browser(api).caller()).passkeys.beginSignIn();
type Wrongs = Parameters<Authenticator["get"]>[1];
/** In a browser that nobody is signed in in. */
const enter = async (key: Authenticator, wrongs: Wrongs = {}) => {
  const answer = key.get(await begin(), wrongs);
  return (await browser(api).caller()).passkeys.signIn({ answer });
};
const byPassword = async (one: TestPerson, code?: string) =>
  (await browser(api).caller()).auth.signIn({
    email: one.email,
    password: PASSWORD,
    ...(code === undefined ? {} : { code }),
  });
const linesOf = async (one: TestPerson) =>
  (await api.db.auditLog.findMany({ where: { targetId: one.id }, orderBy: { id: "asc" } })).map(
    ({ action, details }) => [action, details],
  );

/** Ours, made to end an hour later. */
function withAnotherEnd(challenge: Buffer): Buffer {
  challenge.writeUIntBE(challenge.readUIntBE(32, 6) + 3_600_000, 32, 6);
  return challenge;
}

test("it signs in by itself, in a session of its own; used says when", async () => {
  const { one, key } = await withPasskey("Ada");
  const fresh = browser(api);
  const answer = key.get(await begin());
  expect(await (await fresh.caller()).passkeys.signIn({ answer })).toMatchObject({ id: one.id, email: one.email });
  expect(await (await fresh.caller()).auth.me()).toMatchObject({ id: one.id });
  expect((await (await fresh.caller()).passkeys.list()).items).toMatchObject([
    { name: "Phone", rpId: "homeport.lan", backedUp: true, lastUsedAt: api.clock.now },
  ]);
  // What asks for a recent sign-in is allowed, as after a password.
  expect((await (await fresh.caller()).passkeys.beginRegister({ name: "Other" })).rp.id).toBe("homeport.lan");
  expect(await linesOf(one)).toContainEqual(["account.sign_in", { passkey: "Phone" }]);
});

test("a challenge is answered once, by one of two at once, within five minutes, and for what it was asked for", async () => {
  const { one, key } = await withPasskey("Bob");
  const options = await begin();
  const answer = key.get(options);
  const both = await Promise.allSettled(
    [0, 1].map(async () => (await browser(api).caller()).passkeys.signIn({ answer })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const replayed = await refusal((await browser(api).caller()).passkeys.signIn({ answer }));
  expect([replayed.code, replayed.message]).toEqual(["conflict", expect.stringContaining("or was answered already")]);
  const late = key.get(await begin());
  const before = api.clock.now;
  api.clock.now = new Date(before.getTime() + CHALLENGE_MS);
  expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: late }))).code).toBe("conflict");
  api.clock.now = before;
  // Somebody else's words, and ours with another end.
  for (const change of [() => randomBytes(70), () => randomBytes(8), withAnotherEnd]) {
    const { challenge } = await begin();
    const made = change(Buffer.from(challenge, "base64url")).toString("base64url");
    const answered = key.get(options, { challenge: made });
    expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: answered }))).code).toBe("conflict");
  }
  // Of another installation.
  const vault = createVault({ current: "k1", keys: { k1: randomBytes(32) } });
  const elsewhere = { ...api.deps, vault };
  const foreign = key.get(await (await browser(api).caller({ deps: elsewhere })).passkeys.beginSignIn());
  expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: foreign }))).code).toBe("conflict");
  // That of a session confirms, and signs nobody in; that of nobody confirms nothing.
  const confirming = key.get(await (await one.caller()).passkeys.beginConfirm({ purpose: "confirm" }));
  expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: confirming }))).code).toBe("conflict");
  const open = key.get(await begin());
  expect((await refusal((await one.caller()).passkeys.confirm({ answer: open }))).code).toBe("conflict");
});

test("what was signed elsewhere, for another name, without asking who it is, by another key or for another account counts for nothing", async () => {
  const { one, key } = await withPasskey("Carl");
  const { one: eve } = await withPasskey("Eve");
  const { passkeyHandle } = await api.db.user.findUniqueOrThrow({ where: { id: eve.id } });
  const theirs = Buffer.from(passkeyHandle ?? "");
  expect(theirs).toHaveLength(64);
  const sessions = await api.db.session.count();
  const wrongs: Wrongs[] = [
    { origin: "https://homeport.lan.evil.example" },
    { origin: "http://homeport.lan" },
    { rpId: "evil.example" },
    { verified: false },
    { userHandle: theirs.toString("base64url") },
  ];
  for (const wrong of wrongs) {
    const refused = await refusal(enter(key, wrong));
    expect([wrong, refused.code, refused.message]).toEqual([
      wrong,
      "invalid",
      expect.stringContaining("This passkey does not count"),
    ]);
  }
  const forged = createAuthenticator({ origin: ORIGIN });
  const answer = { ...forged.get(await begin()), id: key.id, rawId: key.id };
  expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer }))).code).toBe("invalid");
  const bare = key.get(await begin());
  const { userHandle: _handle, ...response } = bare.response;
  const nameless = { ...bare, response };
  expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: nameless }))).code).toBe("invalid");
  for (const clientDataJSON of ["AAAA", Buffer.from("null").toString("base64url")]) {
    const garbage = { ...bare, response: { ...bare.response, clientDataJSON } };
    expect((await refusal((await browser(api).caller()).passkeys.signIn({ answer: garbage }))).code).toBe("invalid");
  }
  expect((await refusal(enter(forged))).message).toContain("This passkey is not known here");
  expect(await api.db.session.count()).toBe(sessions);
  expect(api.logged).toEqual([]);
  expect(await linesOf(one)).toContainEqual(["account.sign_in_failed", { passkey: "Phone", reason: "passkey.wrong" }]);
});

test("an authenticator that counts has to count on: a copy of its key is refused and recorded, and the one that is ahead goes on", async () => {
  const { one, key } = await withPasskey("Dora", { counts: true });
  expect(await enter(key)).toMatchObject({ id: one.id });
  expect(await enter(key, { counter: 40 })).toMatchObject({ id: one.id });
  for (const counter of [40, 7, 0]) {
    const refused = await refusal(enter(key, { counter }));
    expect([refused.code, refused.message]).toEqual(["forbidden", expect.stringContaining("there is a copy of it")]);
  }
  expect(await enter(key, { counter: 41 })).toMatchObject({ id: one.id });
  expect(await linesOf(one)).toContainEqual(["account.sign_in_failed", { passkey: "Phone", reason: "passkey.copied" }]);
});

test("a removed one, and one of a disabled account, sign nobody in", async () => {
  const { one, key, id } = await withPasskey("Fay");
  await (await first.caller()).people.disable({ id: one.id });
  const disabled = await refusal(enter(key));
  expect([disabled.code, disabled.message]).toEqual([
    "forbidden",
    expect.stringContaining("This account is disabled."),
  ]);
  await (await first.caller()).people.enable({ id: one.id });
  const again = browser(api);
  const answer = key.get(await begin());
  await (await again.caller()).passkeys.signIn({ answer });
  await (await again.caller()).passkeys.remove({ id });
  expect((await refusal(enter(key))).message).toContain("This passkey is not known here");
  // It was the last factor: the password is enough again.
  expect(await byPassword(one)).toMatchObject({ id: one.id });
});

test("with a passkey the sessions end that it began, but for the one in which it is removed", async () => {
  const { one, key, id } = await withPasskey("Finn");
  const [theirs, own] = [browser(api), browser(api)];
  for (const each of [theirs, own]) {
    const answer = key.get(await begin());
    await (await each.caller()).passkeys.signIn({ answer });
  }
  await (await own.caller()).passkeys.remove({ id });
  const isIn = async (who: Pick<TestPerson, "caller">) => (await (await who.caller()).auth.me()) !== null;
  expect([await isIn(theirs), await isIn(own), await isIn(one)]).toEqual([false, true, true]);
  expect(await linesOf(one)).toContainEqual(["account.remove_passkey", { passkey: "Phone", endedSessions: 1 }]);
});

test("a right password alone signs nobody in who has a passkey; a recovery code beside it does, once", async () => {
  const { one, recoveryCodes } = await withPasskey("Gus");
  const needed = await refusal(byPassword(one));
  expect([needed.code, needed.message]).toEqual([
    "invalid",
    expect.stringContaining("this account asks for a passkey too: sign in with it"),
  ]);
  // Somebody knows the password.
  expect(await linesOf(one)).toContainEqual(["account.sign_in_failed", { code: "missing" }]);
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  for (let tries = 0; tries < 7; tries += 1) {
    const stranger = await browser(api, { ip: "192.0.2.50" }).caller({ deps: { ...api.deps, auth } });
    await refusal(stranger.auth.signIn({ email: one.email, password: PASSWORD }));
  }
  expect((await linesOf(one)).filter(([, details]) => JSON.stringify(details).includes("missing"))).toHaveLength(6);
  expect((await refusal(byPassword(one, "123456"))).message).toContain("This code does not count");
  const [code = ""] = recoveryCodes;
  expect(await byPassword(one, code)).toMatchObject({ id: one.id });
  expect((await refusal(byPassword(one, code))).message).toContain("This code does not count");
  // A new password by a mailed link is one thing of two as well.
  await (await browser(api).caller()).reset.ask({ email: one.email });
  await (await browser(api).caller()).reset.finish({ token: await linkTo(api, one.email), password: `${PASSWORD} 2` });
  const renewed = (await browser(api).caller()).auth.signIn({ email: one.email, password: `${PASSWORD} 2` });
  expect((await refusal(renewed)).message).toContain("asks for a passkey too");
});

test("with an app besides, its code does; the passkeys of another address are named where they are asked for", async () => {
  const { one } = await withPasskey("Hal");
  const moved = { ...api.deps, config: { ...api.deps.config, publicUrl: "https://new.lan" } };
  const there = (await browser(api).caller({ deps: moved })).auth.signIn({ email: one.email, password: PASSWORD });
  expect((await refusal(there)).message).toContain("Its passkeys are for homeport.lan: sign in there");
  const { secret } = await (await one.caller()).secondFactor.begin();
  // Those that came with the passkey count on.
  const confirmed = await (await one.caller()).secondFactor.confirm({ code: codeAt(secret, api.clock.now) });
  expect(confirmed).toEqual({ recoveryCodes: [] });
  expect((await refusal(byPassword(one))).message).toContain("Type the code that your authenticator app shows");
  expect(await byPassword(one, codeAt(secret, api.clock.now, 1))).toMatchObject({ id: one.id });
});

test("who set Homeport up takes passkeys away for others, and who runs the machine; then the password is enough", async () => {
  const { one, key } = await withPasskey("Ida");
  const fresh = browser(api);
  const answer = key.get(await begin());
  await (await fresh.caller()).passkeys.signIn({ answer });
  const { people } = await first.caller();
  expect((await people.list({ search: one.email })).items).toMatchObject([{ secondFactor: true }]);
  await tokenOf(one);
  await people.endSecondFactor({ id: one.id });
  // Who added one that is not theirs is out, with what they made meanwhile.
  expect(await (await fresh.caller()).auth.me()).toBeNull();
  expect(await api.db.apiToken.count({ where: { userId: one.id } })).toBe(0);
  expect(await mailTo(api, one.email)).toEqual({ kind: "factors_ended" });
  expect(await byPassword(one)).toMatchObject({ id: one.id });
  expect((await refusal(enter(key))).code).toBe("invalid");
  expect(await api.db.recoveryCode.count({ where: { userId: one.id } })).toBe(0);
  const { one: kim } = await withPasskey("Kim");
  const link = await makeResetLink({ databaseUrl: api.url, publicUrl: ORIGIN, email: kim.email });
  expect(await api.db.session.count({ where: { userId: kim.id } })).toBe(0);
  const token = new URL(link).hash.slice(1);
  expect(await (await browser(api).caller()).reset.show({ token })).toMatchObject({ email: kim.email });
  // Whoever has the old password has nothing by it any more.
  expect((await refusal(byPassword(kim))).code).toBe("invalid");
  await (await browser(api).caller()).reset.finish({ token, password: "a night in another lab" });
  const signing = (await browser(api).caller()).auth.signIn({ email: kim.email, password: "a night in another lab" });
  expect(await signing).toMatchObject({ id: kim.id });
});

test("who is not signed in fills neither the table nor the log", async () => {
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const stranger = browser(api, { ip: "192.0.2.99" });
  const codes: (string | null)[] = [];
  const [lines, rows] = [await api.db.auditLog.count(), await api.db.passkeyChallenge.count()];
  for (let tries = 0; tries < 62; tries += 1)
    codes.push((await refusal((await stranger.caller({ deps: { ...api.deps, auth } })).passkeys.beginSignIn())).code);
  expect(codes.filter((code) => code === "too_many_requests")).toHaveLength(2);
  expect(await api.db.auditLog.count()).toBe(lines);
  // From very many places together: asking writes nothing, and no answer that no passkey has signed does.
  const forged = createAuthenticator({ origin: ORIGIN });
  expect((await refusal(enter(forged))).code).toBe("invalid");
  expect(await api.db.passkeyChallenge.count()).toBe(rows);
  // Of one session there are five, and none once it has ended.
  const { id: sessionId } = await api.db.session.findFirstOrThrow({ where: { userId: first.id } });
  for (let made = 0; made < 7; made += 1) await (await first.caller()).passkeys.beginConfirm({ purpose: "confirm" });
  expect(await api.db.passkeyChallenge.count({ where: { sessionId } })).toBe(5);
  await expect(newChallenge(api.db, { purpose: "confirm", sessionId: "gone" }, api.clock.now)).rejects.toMatchObject({
    refusal: "session.ended",
  });
  // Many at once wait for nobody, and leave five.
  await Promise.all(
    Array.from({ length: 20 }, async () => (await first.caller()).passkeys.beginConfirm({ purpose: "confirm" })),
  );
  expect(await api.db.passkeyChallenge.count({ where: { sessionId } })).toBeLessThanOrEqual(10);
  // What has ended goes with the next that is made, or was answered.
  api.clock.now = new Date(api.clock.now.getTime() + CHALLENGE_MS);
  await enter((await withPasskey("Lee")).key);
  expect(await api.db.passkeyChallenge.count()).toBe(1);
});

test("where the installation has no address that browsers have passkeys for, it says why", async () => {
  const deps = { ...api.deps, config: { ...api.deps.config, publicUrl: "http://192.168.1.20:3000" } };
  const { passkeys } = await browser(api).caller({ deps });
  expect(await passkeys.place()).toEqual({ why: expect.stringContaining("plain http") as string });
  const refused = await refusal(passkeys.beginSignIn());
  expect([refused.code, refused.message]).toEqual([
    "conflict",
    expect.stringContaining("Passkeys cannot be used here"),
  ]);
});
