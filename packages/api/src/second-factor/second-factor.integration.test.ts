// Two-factor sign-in over a real database: asked for once it is on, each code once, a way back in for who has lost the app.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeResetLink } from "../../../../scripts/stack/reset-link";
import { codeAt } from "../testing/code-at";
import { browser, linkTo, mailTo, PASSWORD, person, startApi, type TestApi, type TestPerson } from "../testing/fixture";
import { refusal } from "../testing/refusal";

let api: TestApi;
let first: TestPerson;
beforeAll(async () => {
  api = await startApi();
  first = await person(api, "First");
});
afterAll(() => api.close());

const later = (seconds: number): void => {
  api.clock.now = new Date(api.clock.now.getTime() + 1_000 * seconds);
};
const signIn = async (who: TestPerson, code?: string) =>
  (await browser(api).caller()).auth.signIn({
    email: who.email,
    password: PASSWORD,
    ...(code === undefined ? {} : { code }),
  });
const factor = async (who: TestPerson) => (await who.caller()).secondFactor;

const WRONG = { code: "invalid", message: expect.stringContaining("This code does not count") as string };
const NEEDED = {
  code: "invalid",
  message: expect.stringContaining("Type the code that your authenticator app shows") as string,
};

/** Somebody whose app is set up; the code of now was used for it. */
async function withApp(name: string) {
  const one = await person(api, name);
  const { secret } = await (await factor(one)).begin();
  const { recoveryCodes } = await (await factor(one)).confirm({ code: codeAt(secret, api.clock.now) });
  return { one, secret, recoveryCodes };
}

test("it is asked for from the first right code on, and not before; the secret is stored sealed", async () => {
  const ada = await person(api, "Ada");
  const { secret, uri } = await (await factor(ada)).begin();
  expect(uri).toContain(`otpauth://totp/Homeport:${encodeURIComponent(ada.email)}?secret=${secret}`);
  expect(await (await factor(ada)).show()).toEqual({
    confirmedAt: null,
    passkeys: 0,
    recoveryCodesLeft: 0,
    askedBy: [],
  });
  expect(await signIn(ada)).toMatchObject({ id: ada.id });
  expect((await refusal((await factor(ada)).confirm({ code: "000000" }))).fields?.["code"]).toContain(
    "This code does not count",
  );
  const { recoveryCodes } = await (
    await factor(ada)
  ).confirm({
    code: ` ${codeAt(secret, api.clock.now, -1).slice(0, 3)} ${codeAt(secret, api.clock.now, -1).slice(3)}`,
  });
  expect(recoveryCodes).toHaveLength(10);
  // The one that was signed in by the password alone meanwhile has ended.
  expect(await api.db.session.count({ where: { userId: ada.id } })).toBe(1);
  expect(recoveryCodes[0]).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  expect(await (await factor(ada)).show()).toEqual({
    confirmedAt: api.clock.now,
    passkeys: 0,
    recoveryCodesLeft: 10,
    askedBy: [],
  });
  const stored = JSON.stringify([await api.db.secondFactor.findMany(), await api.db.recoveryCode.findMany()]);
  for (const shown of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll("-", ""))])
    expect(stored).not.toContain(shown);
  for (const call of [
    async () => (await factor(ada)).begin(),
    async () => (await factor(ada)).confirm({ code: "123456" }),
  ])
    expect((await refusal(call())).message).toBe("Two-factor sign-in is on already.");
});

test("the demo person, whom a link signs in, has none", async () => {
  const demoFile = path.join(mkdtempSync(path.join(tmpdir(), "homeport-demo-")), "demo.json");
  const demo = await person(api, "Demo");
  writeFileSync(demoFile, JSON.stringify({ email: demo.email.toUpperCase(), password: PASSWORD }));
  const deps = { ...api.deps, config: { ...api.deps.config, demoFile } };
  expect((await refusal((await demo.caller({ deps })).secondFactor.begin())).message).toContain("the demo person");
});

test("a right password alone signs nobody in; a code counts once, in its half minute and the ones beside it", async () => {
  const { one, secret } = await withApp("Bob");
  expect(await refusal(signIn(one))).toMatchObject({ ...NEEDED, fields: null });
  expect(await refusal(signIn(one, ""))).toMatchObject(NEEDED);
  // What set it up was used already; an older one is over.
  for (const steps of [0, -1, -2, 2])
    expect(await refusal(signIn(one, codeAt(secret, api.clock.now, steps)))).toMatchObject(WRONG);
  const next = codeAt(secret, api.clock.now, 1);
  const both = await Promise.allSettled([signIn(one, next), signIn(one, next)]);
  const lost = both.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  expect(lost).toEqual([expect.stringContaining("This code does not count")]);
  // The server's clock goes back: nothing counts until it has caught up, and nothing breaks.
  later(-600);
  expect(await refusal(signIn(one, codeAt(secret, api.clock.now)))).toMatchObject(WRONG);
  later(600);
  later(60);
  expect(await signIn(one, codeAt(secret, api.clock.now))).toMatchObject({ id: one.id });
  expect(
    (
      await refusal(
        (await browser(api).caller()).auth.signIn({ email: one.email, password: "not the password", code: "123456" }),
      )
    ).message,
  ).toBe("The e-mail address or the password is wrong.");
  const lines = (await (await one.caller()).activity.list({ targetType: "account" })).items;
  expect(lines.map(({ action, details }) => [action, details["code"]])).toContainEqual([
    "account.sign_in_failed",
    "wrong",
  ]);
  expect(lines.map(({ action, details }) => [action, details["code"]])).toContainEqual(["account.sign_in", "app"]);
});

test("a recovery code counts once; new ones take the place of all; turning it off takes a code", async () => {
  const { one, secret, recoveryCodes } = await withApp("Carl");
  const [a = "", b = ""] = recoveryCodes;
  expect(await signIn(one, a.toLowerCase().replaceAll("-", " "))).toMatchObject({ id: one.id });
  expect(await refusal(signIn(one, a))).toMatchObject(WRONG);
  expect((await (await factor(one)).show()).recoveryCodesLeft).toBe(9);
  expect(await mailTo(api, one.email)).toEqual({ kind: "recovery_code_used" });
  later(60);
  const renewed = await (await factor(one)).renewCodes({ code: codeAt(secret, api.clock.now) });
  expect(await refusal(signIn(one, b))).toMatchObject(WRONG);
  expect(await refusal((await factor(one)).turnOff({ code: b }))).toMatchObject(WRONG);
  await (await factor(one)).turnOff({ code: renewed.recoveryCodes[3] ?? "" });
  expect(await mailTo(api, one.email)).toEqual({ kind: "second_factor_off" });
  expect(await signIn(one)).toMatchObject({ id: one.id });
  expect((await refusal((await factor(one)).turnOff({ code: "123456" }))).message).toContain(
    "Two-factor sign-in is not on",
  );
  expect((await refusal((await factor(one)).confirm({ code: "123456" }))).message).toContain(
    "Two-factor sign-in is not on",
  );
  expect(await api.db.recoveryCode.count({ where: { userId: one.id } })).toBe(0);
});

test("guessing codes is limited for who knows the password; it keeps the person out neither here nor by a recovery code", async () => {
  const { one, secret, recoveryCodes } = await withApp("Guessed");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const deps = { ...api.deps, auth };
  const guess = async (password: string) => {
    const caller = await browser(api, { ip: "192.0.2.77" }).caller({ deps });
    return (await refusal(caller.auth.signIn({ email: one.email, password, code: "000000" }))).code;
  };
  expect(await guess("not the password")).toBe("invalid");
  const codes = [];
  for (let tries = 0; tries < 7; tries += 1) codes.push(await guess(PASSWORD));
  expect(codes).toEqual([...Array.from({ length: 6 }, () => "invalid"), "too_many_requests"]);
  const by = async (code: string, ip: string) =>
    (await browser(api, { ip }).caller({ deps })).auth.signIn({ email: one.email, password: PASSWORD, code });
  expect(await by(recoveryCodes[0] ?? "", "192.0.2.77")).toMatchObject({ id: one.id });
  await api.db.rateLimit.updateMany({ where: { key: `code:account:${one.id}` }, data: { tokens: 0 } });
  expect((await refusal(by("000000", "192.0.2.78"))).code).toBe("too_many_requests");
  // Where they are signed in.
  expect(await by(codeAt(secret, api.clock.now, 1), "192.0.2.1")).toMatchObject({ id: one.id });
});

test("whoever guesses, or causes other mails, has no mail about it left out", async () => {
  const one = await person(api, "Mailed");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const deps = { ...api.deps, auth };
  const own = async () => (await one.caller({ deps })).secondFactor;
  for (let tries = 0; tries < 11; tries += 1)
    expect((await refusal((await own()).turnOff({ code: "AAAABBBBCCCCDDDD" }))).code).toBe("conflict");
  const others = await Promise.all(Array.from({ length: 11 }, () => auth.mayMailTo(one.email)));
  expect(others).toContain(false);
  const { secret } = await (await own()).begin();
  const { recoveryCodes } = await (await own()).confirm({ code: codeAt(secret, api.clock.now) });
  expect(await mailTo(api, one.email)).toEqual({ kind: "second_factor_on" });
  await (await own()).renewCodes({ code: recoveryCodes[0] ?? "" });
  expect(await mailTo(api, one.email)).toEqual({ kind: "recovery_codes_made" });
  expect(await api.db.mail.count({ where: { to: one.email, kind: "recovery_code_used" } })).toBe(1);
});

test("a new password by a mailed link does not turn it off; who set Homeport up can, and who runs the machine", async () => {
  const { one, secret } = await withApp("Dora");
  await (await browser(api).caller()).reset.ask({ email: one.email });
  const password = "another night in the lab";
  await (await browser(api).caller()).reset.finish({ token: await linkTo(api, one.email), password });
  const enter = async (code?: string) =>
    (await browser(api).caller()).auth.signIn({ email: one.email, password, ...(code === undefined ? {} : { code }) });
  expect((await refusal(enter())).message).toContain("Type the code");
  const people = async () => (await first.caller()).people;
  expect((await (await people()).list({ search: one.email })).items).toMatchObject([{ secondFactor: true }]);
  expect((await refusal((await people()).endSecondFactor({ id: first.id }))).code).toBe("conflict");
  const other = await person(api, "Other");
  expect((await refusal((await other.caller()).people.endSecondFactor({ id: one.id }))).code).toBe("forbidden");
  await (await people()).endSecondFactor({ id: one.id });
  expect(await mailTo(api, one.email)).toEqual({ kind: "factors_ended" });
  expect(await enter()).toMatchObject({ id: one.id });
  expect(secret).toHaveLength(32);

  const { one: eve } = await withApp("Eve");
  await makeResetLink({ databaseUrl: api.url, publicUrl: "http://127.0.0.1", email: eve.email });
  // Whoever has the old password has nothing by it any more.
  expect((await refusal(signIn(eve))).message).toContain("the password is wrong");
});
