// A forgotten password, over a real database: a link once and for an hour, every session ended, and nothing said of who has an account.
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { browser, linkTo, mailTo, PASSWORD, person, startApi, type TestApi } from "../testing/fixture";
import { refusal } from "../testing/refusal";

const HOUR_MS = 3_600_000;
const NEXT = "another night in the lab";
let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const visitor = () => browser(api).caller();
const ask = async (email: string) => (await visitor()).reset.ask({ email });
const finish = async (token: string, password = NEXT) => (await visitor()).reset.finish({ token, password });

test("a link sets a new password, ends every session, confirms the address and tells the person", async () => {
  const ada = await person(api, "Ada");
  const elsewhere = browser(api);
  await (await elsewhere.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
  expect(await ask(ada.email.toUpperCase())).toEqual({ mailServer: false });
  const token = await linkTo(api, ada.email);
  expect(await (await visitor()).reset.show({ token })).toEqual({ email: ada.email });

  expect(await finish(token)).toEqual({ email: ada.email, endedSessions: 2, endedTokens: 0 });
  expect(await (await ada.caller()).auth.me()).toBeNull();
  expect(await (await elsewhere.caller()).auth.me()).toBeNull();
  expect((await refusal((await visitor()).auth.signIn({ email: ada.email, password: PASSWORD }))).code).toBe("invalid");
  const again = browser(api);
  await (await again.caller()).auth.signIn({ email: ada.email, password: NEXT });
  expect(await (await again.caller()).address.show()).toMatchObject({ confirmedAt: api.clock.now });
  expect(await mailTo(api, ada.email)).toEqual({ kind: "password_changed" });
  const lines = (await (await again.caller()).activity.list({ targetType: "account" })).items;
  expect(lines.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["account.ask_reset", "account.reset_password"]),
  );
});

test("nobody learns whether an account exists: the answer is the same, and takes as long", async () => {
  const ada = await person(api, "Known");
  const disabled = await person(api, "Disabled");
  await api.db.user.update({ where: { id: disabled.id }, data: { status: "DISABLED" } });
  const mails = await api.db.mail.count();
  const answers = [];
  for (const email of [ada.email, disabled.email, "nobody@example.com"]) {
    const before = performance.now();
    const answer = await ask(email);
    // Held back: none is there before the slowest of them could be.
    expect(performance.now() - before).toBeGreaterThan(390);
    answers.push(answer);
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await api.db.mail.count()).toBe(mails + 1);
});

test("a link works once and within an hour, beside others that were asked for; the first that is used ends them", async () => {
  const ada = await person(api, "Once");
  await ask(ada.email);
  const first = await linkTo(api, ada.email);
  await ask(ada.email);
  const second = await linkTo(api, ada.email);
  expect(await (await visitor()).reset.show({ token: first })).toEqual({ email: ada.email });

  expect((await refusal(finish(second, "iloveyou123"))).fields).toEqual({
    password: expect.stringContaining("Too easy to guess") as string,
  });
  expect((await refusal(finish(second, ada.email))).fields).toEqual({ password: "Not your e-mail address." });
  const both = await Promise.allSettled([finish(second), finish(second, "a third night in the lab")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await refusal(finish(second))).message).toBe("This link was used already, and works once.");
  expect((await refusal(finish(first))).message).toContain("something took its place");

  await ask(ada.email);
  const third = await linkTo(api, ada.email);
  api.clock.now = new Date(api.clock.now.getTime() + HOUR_MS + 1);
  expect((await refusal((await visitor()).reset.show({ token: third }))).code).toBe("conflict");
  expect((await refusal(finish(third))).code).toBe("conflict");
  expect((await refusal(finish("A".repeat(43)))).code).toBe("not_found");
});

test("asking is limited for each address, known or not", async () => {
  const ada = await person(api, "Limited");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  for (const email of [ada.email, "nobody-limited@example.com"]) {
    const one = async () =>
      (await browser(api, { ip: "198.51.100.7" }).caller({ deps: { ...api.deps, auth } })).reset.ask({ email });
    await Promise.all([one(), one(), one()]);
    expect(await refusal(one())).toMatchObject({ code: "too_many_requests" });
  }
});

test("an address that had its mails gets no more, and nobody who asks is told", async () => {
  const ada = await person(api, "Flooded");
  const auth = createAuth({ db: api.db, secureCookies: false, clock: () => api.clock.now });
  const asks = await Promise.all(
    Array.from({ length: 13 }, async (_, at) =>
      (await browser(api, { ip: `198.51.100.${at + 20}` }).caller({ deps: { ...api.deps, auth } })).reset.ask({
        email: ada.email,
      }),
    ),
  );
  expect(new Set(asks.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await api.db.mail.count({ where: { to: ada.email, kind: "reset_password" } })).toBe(10);
});

test("a sign-in with the old password that is under way begins no session after the reset", async () => {
  const ada = await person(api, "Slow");
  await ask(ada.email);
  const token = await linkTo(api, ada.email);
  // Held where the password is right and the session is not begun yet.
  const lock = await holdAccount(api, ada.id);
  const signingIn = refusal((await visitor()).auth.signIn({ email: ada.email, password: PASSWORD }));
  await lock.awaited;
  const changed = finish(token);
  await lock.release("another hash");
  expect((await signingIn).message).toBe("The e-mail address or the password is wrong.");
  await changed;
  expect(await api.db.session.count({ where: { user: { id: ada.id } } })).toBe(0);
});

/** Holds the account's row, as a reset does, until `release` sets another hash; `awaited`: somebody waits for it. */
async function holdAccount({ db }: TestApi, id: string) {
  const gate = { release: (_hash: string): void => undefined, isHeld: (): void => undefined };
  const released = new Promise<string>((resolve) => {
    gate.release = resolve;
  });
  const held = new Promise<void>((resolve) => {
    gate.isHeld = resolve;
  });
  const done = db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    gate.isHeld();
    await transaction.user.update({ where: { id }, data: { passwordHash: await released } });
  });
  await held;
  const waiting = async (): Promise<void> => {
    await vi.waitUntil(
      async () =>
        (
          await db.$queryRaw<
            unknown[]
          >`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
        ).length > 0,
      { timeout: 20_000 },
    );
  };
  return {
    awaited: waiting(),
    release: async (hash: string) => {
      gate.release(hash);
      await done;
    },
  };
}

test("no token of a link is in the database", async () => {
  const ada = await person(api, "Secret");
  const confirmation = await linkTo(api, ada.email);
  await ask(ada.email);
  const tokens = [confirmation, await linkTo(api, ada.email)];
  const rows = await api.db.$queryRaw<{ text: string }[]>`SELECT (SELECT json_agg(m)::text FROM "Mail" m)
    || (SELECT json_agg(t)::text FROM "PasswordResetToken" t) || (SELECT json_agg(t)::text FROM "EmailVerificationToken" t)
    || (SELECT json_agg(a)::text FROM "AuditLog" a) AS text`;
  for (const token of tokens) expect(rows[0]?.text.includes(token)).toBe(false);
});
