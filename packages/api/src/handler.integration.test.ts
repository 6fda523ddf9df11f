// The API as a browser reaches it: over HTTP, from our own pages only, with answers that tell no more than they should.
import { createAuth } from "@homeport/auth";
import { createDb } from "@homeport/db/client";
import superjson from "superjson";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handle, MAX_BATCH_SIZE } from "./handler";
import { PASSWORD, person, startApi, type TestApi, type TestPerson } from "./testing/fixture";
import { someText } from "./testing/refusal";

let api: TestApi;
let ada: TestPerson;
beforeAll(async () => {
  api = await startApi({ origins: ["https://homeport.lan"], trustedProxies: ["10.0.0.1"] });
  ada = await person(api, "Ada");
});
afterAll(() => api.close());

const url = (path: string) => `http://homeport.test/api/trpc/${path}`;
const post = (path: string, headers: Record<string, string>, body: unknown = null) =>
  handle(
    new Request(url(path), {
      method: "POST",
      headers: { cookie: ada.jar.cookie, ...headers },
      body: JSON.stringify(superjson.serialize(body)),
    }),
    { deps: api.deps },
  );
const json = "application/json";
const ours = { "content-type": json, "sec-fetch-site": "same-origin" };

test.each([
  [{ "content-type": json, "sec-fetch-site": "cross-site" }],
  [{ "content-type": json, "sec-fetch-site": "same-site" }],
  [{ "content-type": json, "sec-fetch-site": "none" }],
  [{ "content-type": json, "sec-fetch-site": "cross-site", origin: "http://homeport.test", host: "homeport.test" }],
  [{ "content-type": "text/plain", "sec-fetch-site": "same-origin" }],
  [{ "content-type": "multipart/form-data", origin: "http://homeport.test", host: "homeport.test" }],
  [{ "content-type": json }],
  [{ "content-type": json, origin: "null", host: "homeport.test" }],
  [{ "content-type": json, origin: "https://evil.example", host: "homeport.test" }],
  [{ "content-type": json, origin: "http://homeport.test.evil.example", host: "homeport.test" }],
  [{ "content-type": json, origin: "http://homeport.test:81", host: "homeport.test" }],
])("a mutation with %o is refused and does nothing", async (headers) => {
  const answer = await post("sessions.endOthers", headers);
  expect([403, 415]).toContain(answer.status);
  expect(await api.db.auditLog.count({ where: { action: "session.end_others" } })).toBe(0);
});

test.each([
  [ours],
  [{ "content-type": json, origin: "http://homeport.test", host: "homeport.test" }],
  [{ "content-type": "application/json; charset=utf-8", origin: "https://homeport.lan", host: "127.0.0.1:3000" }],
])("a mutation with %o is ours", async (headers) => {
  expect((await post("nodes.setDefault", headers as Record<string, string>, { id: ada.id })).status).toBe(404);
});

test("a mutation cannot be asked for with GET", async () => {
  const answer = await handle(
    new Request(url("sessions.endOthers"), { headers: { cookie: ada.jar.cookie, ...ours } }),
    { deps: api.deps },
  );
  expect(answer.status).toBe(405);
});

test("signing in sets a cookie that scripts cannot read, and answers are kept by no cache", async () => {
  const answer = await post("auth.signIn", { ...ours, cookie: "" }, { email: ada.email, password: PASSWORD });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("set-cookie")).toMatch(
    /^homeport=[\w-]{43}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/,
  );
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
});

test("an input that is not right is told by field, with the code of ours", async () => {
  const answer = await post("auth.signUp", ours, { name: "", email: "nonsense", password: "short" });
  const { error } = (await answer.json()) as { error: { json: { message: string; data: Record<string, unknown> } } };
  expect(error.json.data).toMatchObject({ appCode: "invalid", fields: { name: someText, email: someText } });
  expect(JSON.stringify(error)).not.toContain("stack");
});

test.each([
  ["GET", "no.such", 404],
  ["POST", "no.such", 404],
  ["GET", "sessions.endOthers", 405],
  ["POST", "auth.me", 405],
] as const)("%s %s, which tRPC itself refuses, is a sentence", async (method, path, status) => {
  const answer = await handle(
    new Request(url(path), {
      method,
      headers: { cookie: ada.jar.cookie, ...ours },
      ...(method === "POST" ? { body: "{}" } : {}),
    }),
    { deps: api.deps },
  );
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as { error: { json: { message: string } } }).error.json.message).toContain(
    "Reload the page.",
  );
});

test.each([
  { reported: "said", size: 2_000_000, path: "nodes.create", most: "1 MB", bytes: 1_200_000 },
  { reported: "not said", size: undefined, path: "nodes.create", most: "1 MB", bytes: 1_200_000 },
  {
    reported: "not said, of whom nothing is known",
    size: undefined,
    path: "auth.signIn",
    most: "16 kB",
    bytes: 140_000,
  },
  { reported: "not said, with a link", size: undefined, path: "reset.finish", most: "16 kB", bytes: 140_000 },
  {
    reported: "not said, one of several",
    size: undefined,
    path: "nodes.list,invitations.show",
    most: "16 kB",
    bytes: 140_000,
  },
])("a body over the limit whose size is $said is refused, and read no further", async ({ size, path, most, bytes }) => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { ...ours, ...(size === undefined ? {} : { "content-length": String(size) }) };
  const answer = await handle(new Request(url(path), { method: "POST", headers, body, duplex: "half" }), {
    deps: api.deps,
  });
  expect(answer.status).toBe(413);
  expect(((await answer.json()) as { error: { json: { message: string } } }).error.json.message).toContain(
    `up to ${most}`,
  );
  expect(sent).toBeLessThan(bytes);
});

test("signing in while signed in ends the session that was in the cookie", async () => {
  const bob = await person(api, "Bob");
  const before = bob.jar.cookie;
  await (await bob.caller()).auth.signIn({ email: bob.email, password: PASSWORD });
  expect(bob.jar.cookie).not.toBe(before);
  expect(await api.auth.validate(before)).toBeNull();
  expect(await api.auth.validate(bob.jar.cookie)).not.toBeNull();
});

test("more calls in one request than a page ever makes are refused", async () => {
  const paths = Array.from({ length: MAX_BATCH_SIZE + 1 }, () => "auth.me").join(",");
  const answer = await handle(
    new Request(`${url(paths)}?batch=1&input=%7B%7D`, { headers: { cookie: ada.jar.cookie } }),
    { deps: api.deps },
  );
  expect(answer.status).toBe(400);
});

test("with the database away every answer is a sentence of ours with 503 and nothing of the connection, and the session holds", async () => {
  const db = createDb("postgresql://postgres:sesame@127.0.0.1:1/lab");
  const deps = {
    ...api.deps,
    db,
    auth: createAuth({ db, secureCookies: false, clock: api.deps.clock, limitFactor: 1 }),
  };
  const headers = { cookie: ada.jar.cookie, ...ours };
  const asked: [Request, number][] = [
    [new Request(url("containers.list"), { headers }), 503],
    [
      new Request(url("auth.signIn"), {
        method: "POST",
        headers: ours,
        body: JSON.stringify(superjson.serialize({ email: ada.email, password: PASSWORD })),
      }),
      503,
    ],
    // A stream has begun by then: it says so inside, and the browser asks again by itself.
    [new Request(url("containers.watch"), { headers: { ...headers, accept: "text/event-stream" } }), 200],
  ];
  for (const [request, status] of asked) {
    const answer = await handle(request, { deps });
    const text = await answer.text();
    expect([request.url, answer.status]).toEqual([request.url, status]);
    expect(text).toContain('"appCode":"unavailable"');
    expect(answer.headers.get("retry-after")).toBe(status === 503 ? "5" : null);
    expect(text).not.toMatch(/127\.0\.0\.1|sesame|postgres|Prisma|stack| at /);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect((await handle(new Request(url("auth.me"), { headers }), { deps: api.deps })).status).toBe(200);
  await db.$disconnect();
});

test("a connection that is cut in the middle of a query is the database's being away, and no number for the log", async () => {
  const cut = handle(new Request(url("auth.me"), { headers: { cookie: ada.jar.cookie } }), {
    deps: {
      ...api.deps,
      auth: {
        ...api.deps.auth,
        validate: async () => {
          await api.db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
          return null;
        },
      },
    },
  });
  expect((await cut).status).toBe(503);
});

test("a failure of the driver that nobody foresaw is answered with the number that the log has", async () => {
  const auth = {
    ...api.deps.auth,
    validate: () => Promise.reject(new Error("password authentication failed for user postgres at 10.3.2.1")),
  };
  const answer = await handle(new Request(url("auth.me")), { deps: { ...api.deps, auth } });
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(text).not.toContain("10.3.2.1");
  expect(text).toContain("number");
});

test("a subscription to what is not there ends with our code, and is not one to retry", async () => {
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({ id: ada.id })));
  const answer = await handle(
    new Request(`${url("runs.watch")}?input=${input}`, {
      headers: { cookie: ada.jar.cookie, accept: "text/event-stream" },
    }),
    { deps: api.deps },
  );
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("not_found")) {
    const part = await reader?.read();
    if (!part || part.done) break;
    text += part.value;
  }
  await reader?.cancel();
  expect(text).toContain('"appCode":"not_found"');
  expect(text).toContain("serialized-error");
});

test("a session remembers the client behind a known proxy, and believes nobody else", async () => {
  const signIn = (peer: string, forwarded: string) =>
    handle(
      new Request(url("auth.signIn"), {
        method: "POST",
        headers: { ...ours, "x-forwarded-for": forwarded },
        body: JSON.stringify(superjson.serialize({ email: ada.email, password: PASSWORD })),
      }),
      { deps: api.deps, peer },
    );
  await signIn("10.0.0.1", "6.6.6.6, 198.51.100.20");
  await signIn("203.0.113.50", "6.6.6.6");
  const ips = (await api.db.session.findMany({ where: { userId: ada.id } })).map(({ ip }) => ip);
  expect(ips).toEqual(expect.arrayContaining(["198.51.100.20", "203.0.113.50"]));
  expect(ips).not.toContain("6.6.6.6");
});
