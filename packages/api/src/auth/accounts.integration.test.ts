// Signing up, in and out over a real database: what is stored, what is limited, and when a session ends.
import { createAuth } from "@homeport/auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browser, PASSWORD, person, startApi, type TestApi } from "../testing/fixture";
import { refusal, someText } from "../testing/refusal";

const DAY_MS = 86_400_000;
let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

test("a new person gets an organization and the project default, and is signed in", async () => {
  const ada = await person(api, "Ada");
  expect(await (await ada.caller()).auth.me()).toEqual({ id: ada.id, name: "Ada", email: ada.email, role: "USER" });
  const { items, landing } = await (await ada.caller()).projects.list();
  expect(items).toEqual([landing]);
  expect(landing).toEqual({
    id: ada.projectId,
    slug: expect.stringMatching(/^default-[0-9a-f]{12}$/) as string,
    name: "default",
    organization: {
      id: expect.any(String) as string,
      slug: expect.stringMatching(/^ada-[0-9a-f]{12}$/) as string,
      name: "Ada's organization",
    },
    role: "OWNER",
    roleOf: "organization",
  });
});

test("however long a name is, the organization of its person has one that they could type", async () => {
  const { caller } = await person(api, "L".repeat(80));
  const [own] = await (await caller()).organizations.list();
  expect(own?.name).toBe(`${"L".repeat(45)}'s organization`);
  await (await caller()).organizations.update({ id: own?.id ?? "", name: own?.name ?? "", slug: `own-${Date.now()}` });
});

test("the cookie's token is nowhere in the database", async () => {
  const ada = await person(api, "Token");
  const token = ada.jar.cookie.split("=")[1] ?? "";
  expect(token.length).toBeGreaterThan(40);
  const rows = await api.db.$queryRaw<
    { text: string }[]
  >`SELECT (SELECT json_agg(s)::text FROM "Session" s) || (SELECT json_agg(u)::text FROM "User" u) || (SELECT json_agg(a)::text FROM "AuditLog" a) AS text`;
  expect(rows[0]?.text).not.toContain(token);
  expect(rows[0]?.text).not.toContain(PASSWORD);
  expect(rows[0]?.text).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
});

test("an e-mail in other letters is the same account", async () => {
  const ada = await person(api, "Twice");
  const reported = await refusal(
    (await browser(api).caller()).auth.signUp({ name: "Other", email: ada.email.toUpperCase(), password: PASSWORD }),
  );
  expect(reported).toMatchObject({ code: "conflict", fields: { email: someText } });
});

test("a wrong password and an unknown account are reported in the same words, and the owner sees the attempt", async () => {
  const ada = await person(api, "Wrong");
  const other = await browser(api).caller();
  const wrong = await refusal(other.auth.signIn({ email: ada.email, password: "not the password" }));
  const unknown = await refusal(other.auth.signIn({ email: "nobody@example.com", password: "not the password" }));
  expect(wrong).toEqual(unknown);
  expect((await (await ada.caller()).activity.list({ action: "account.sign_in_failed" })).items).toHaveLength(1);
});

test("a disabled account is out at once, also where it is signed in", async () => {
  const ada = await person(api, "Disabled");
  await api.db.user.update({ where: { id: ada.id }, data: { status: "DISABLED" } });
  expect(await (await ada.caller()).auth.me()).toBeNull();
  expect(
    (await refusal((await browser(api).caller()).auth.signIn({ email: ada.email, password: PASSWORD }))).code,
  ).toBe("forbidden");
});

test("signing out ends the session on the server, not only in the browser", async () => {
  const ada = await person(api, "Out");
  const { cookie } = ada.jar;
  await (await ada.caller()).auth.signOut();
  ada.jar.cookie = cookie;
  expect(await (await ada.caller()).auth.me()).toBeNull();
});

test("changing the password ends the other sessions and keeps this one; the old password is of no more use", async () => {
  const ada = await person(api, "Change");
  const other = browser(api);
  await (await other.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
  expect(await (await other.caller()).auth.me()).not.toBeNull();

  expect(
    await (await ada.caller()).auth.changePassword({ current: PASSWORD, next: "another night in the lab" }),
  ).toEqual({ endedSessions: 1 });

  expect(await (await other.caller()).auth.me()).toBeNull();
  expect(await (await ada.caller()).auth.me()).not.toBeNull();
  expect((await refusal((await other.caller()).auth.signIn({ email: ada.email, password: PASSWORD }))).code).toBe(
    "invalid",
  );
  expect(
    (
      await refusal(
        (await ada.caller()).auth.changePassword({ current: "not mine at all", next: "a third night here" }),
      )
    ).fields,
  ).toHaveProperty("current");
  expect(
    (await refusal((await ada.caller()).auth.changePassword({ current: "another night in the lab", next: ada.email })))
      .fields,
  ).toHaveProperty("next");
});

test("a session is listed with address and browser, and can be ended from another one", async () => {
  const ada = await person(api, "Sessions");
  const other = browser(api, { ip: "198.51.100.7" });
  await (await other.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
  const sessions = await (await ada.caller()).sessions.list();
  expect(sessions).toMatchObject([
    { current: true },
    { current: false, ip: "198.51.100.7", userAgent: "test browser" },
  ]);
  await (await ada.caller()).sessions.end({ id: sessions[1]?.id ?? "" });
  expect(await (await other.caller()).auth.me()).toBeNull();
});

test("a session slides for fourteen days of absence, and ends sixty days after it began whatever is done with it", async () => {
  const own = await startApi();
  try {
    const [ada, absent] = [await person(own, "Sliding"), await person(own, "Absent")];
    for (let day = 5; day < 60; day += 5) {
      own.clock.now = new Date(own.clock.now.getTime() + 5 * DAY_MS);
      expect([day, await (await ada.caller()).auth.me()]).toEqual([day, expect.anything()]);
      if (day === 10) expect(await (await absent.caller()).auth.me()).not.toBeNull();
      if (day === 25) expect(await (await absent.caller()).auth.me()).toBeNull();
    }
    own.clock.now = new Date(own.clock.now.getTime() + 5 * DAY_MS + 1_000);
    expect(await (await ada.caller()).auth.me()).toBeNull();
  } finally {
    await own.close();
  }
});

test("limits on guessing survive a restart, say how long to wait, and refill", async () => {
  const own = await startApi();
  const restart = (): void => {
    own.deps.auth = createAuth({ db: own.db, secureCookies: false, clock: () => own.clock.now });
  };
  const guess = async (email: string, ip: string) =>
    refusal((await browser(own, { ip }).caller()).auth.signIn({ email, password: "not the password" }));
  try {
    const ada = await person(own, "Limited");
    restart();
    for (let i = 0; i < 8; i += 1) expect((await guess(ada.email, "203.0.113.1")).code).toBe("invalid");
    restart();
    const refused = await guess(ada.email, "203.0.113.1");
    expect(refused).toMatchObject({ code: "too_many_requests" });
    expect(refused.retryAfterS).toBeGreaterThan(0);
    expect(refused.retryAfterS).toBeLessThanOrEqual(60);
    own.clock.now = new Date(own.clock.now.getTime() + 61_000);
    expect((await guess(ada.email, "203.0.113.1")).code).toBe("invalid");
  } finally {
    await own.close();
  }
});

test("strangers who guess from everywhere cannot lock a person out of where they signed in before", async () => {
  const own = await startApi();
  own.deps.auth = createAuth({ db: own.db, secureCookies: false, clock: () => own.clock.now });
  try {
    const ada = await person(own, "Home");
    const codes = await Promise.all(
      Array.from(
        { length: 70 },
        async (_, i) =>
          (
            await refusal(
              (await browser(own, { ip: `203.0.113.${i}` }).caller()).auth.signIn({
                email: ada.email,
                password: "not the password",
              }),
            )
          ).code,
      ),
    );
    expect(codes).toContain("too_many_requests");
    const home = browser(own, { ip: "192.0.2.1" });
    await (await home.caller()).auth.signIn({ email: ada.email, password: PASSWORD });
    expect(await (await home.caller()).auth.me()).not.toBeNull();
  } finally {
    await own.close();
  }
});

test("parallel tries cannot share a token", async () => {
  const own = await startApi();
  own.deps.auth = createAuth({ db: own.db, secureCookies: false, clock: () => own.clock.now });
  try {
    const caller = await browser(own, { ip: "203.0.113.9" }).caller();
    const codes = await Promise.all(
      Array.from({ length: 30 }, () => refusal(caller.auth.signIn({ email: "x@example.com", password: "guess" }))),
    );
    expect(codes.filter(({ code }) => code === "invalid")).toHaveLength(8);
    const ups = await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        refusal(caller.auth.signUp({ name: "Many", email: `many-${i}@example.com`, password: PASSWORD })),
      ),
    );
    expect(ups.filter(({ code }) => code === "accepted")).toHaveLength(20);
  } finally {
    await own.close();
  }
});
