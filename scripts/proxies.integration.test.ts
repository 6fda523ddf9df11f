// The dashboard as others reach it: by its own names only, and behind nginx with http, https, a rewritten Host and buffering.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { homeAt } from "./stack/paths";
import { anyPort } from "./stack/ports";
import { readJson } from "./stack/processes";
import { createScreen } from "./stack/screen";
import type { DemoSignIn } from "./stack/secrets";
import { startStack, type Stack, type StackInfo } from "./stack/stack";
import { ask, findNginx, startNginx, type Nginx } from "./test/nginx";
import { claimTemporaryHome } from "./test/temporary-home";

const dir = mkdtempSync(path.join(tmpdir(), "homeport-test-proxies-"));
const home = homeAt(dir);
const name = "homeport.test";
const noNginx = findNginx() === undefined;
let stack: Stack;
let info: StackInfo;
let nginx: Nginx | undefined;
/** nginx: `keeps` hands Host on, `rewrites` does not, as nginx does by itself. */
let ports: { keeps: number; rewrites: number; tls: number };

async function start(publicUrl?: string): Promise<void> {
  stack = startStack({
    home,
    screen: createScreen(() => undefined),
    lab: "none",
    worker: false,
    anyPorts: true,
    trustedProxies: "127.0.0.1",
    publicUrl,
  });
  info = await stack.ready;
  const upstream = `proxy_pass ${info.url}; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`;
  const server = (listen: string, more: string): string =>
    `server { listen 127.0.0.1:${listen}; location / { ${upstream} ${more} } }`;
  if (noNginx) return;
  nginx = await startNginx(path.join(dir, "nginx"), {
    name,
    servers: [
      server(String(ports.keeps), "proxy_set_header Host $http_host;"),
      server(String(ports.rewrites), "proxy_buffering on;"),
      server(`${ports.tls} ssl`, "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto https;").replace(
        "location",
        "CERT location",
      ),
    ].join("\n"),
    ports: Object.values(ports),
  });
}

async function stop(): Promise<void> {
  await nginx?.stop();
  await stack.stop();
}

beforeAll(async () => {
  claimTemporaryHome(dir);
  const [keeps, rewrites, tls] = [await anyPort(), await anyPort(), await anyPort()];
  ports = { keeps, rewrites, tls };
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

const json = { "content-type": "application/json" };
const newcomer = (): string =>
  JSON.stringify(
    superjson.serialize({
      name: "Ada",
      email: `ada-${randomUUID()}@example.com`,
      password: "correct horse of the proxy",
    }),
  );
const port = (): number => Number(new URL(info.url).port);

describe("without HOMEPORT_URL", () => {
  beforeAll(() => start(), 420_000);
  afterAll(stop);

  test.each(["/", "/sign-in", "/api/health", "/api/trpc/auth.me", "/icon.svg", "/_next/static/chunks/none.js"])(
    "%s is for our own names only: a rebound name gets 421 and what to set",
    async (at) => {
      const evil = await ask({ port: port(), path: at, headers: { host: `evil.example:${port()}` } });
      expect([evil.status, evil.headers["set-cookie"]]).toEqual([421, undefined]);
      expect(evil.text).toContain(`This Homeport does not answer to the name “evil.example:${port()}”`);
      expect(evil.text).toContain("HOMEPORT_URL=");
      for (const ours of ["127.0.0.1", "localhost", "[::1]"])
        expect((await ask({ port: port(), path: at, headers: { host: `${ours}:${port()}` } })).status).not.toBe(421);
    },
  );

  test.each([
    ["GET", "http://evil.example/api/health", 421],
    ["GET", "/api/runs/%/log", 307],
    ["TRACE", "/", 307],
  ])(
    "%s %s, which no browser sends, is answered like a name or an address that is not there",
    async (method, at, status) => {
      expect((await ask({ port: port(), path: at, method, headers: { host: `127.0.0.1:${port()}` } })).status).toBe(
        status,
      );
    },
  );

  test("a mutation by a rebound name is not carried out, although its page and its Host agree", async () => {
    const host = `evil.example:${port()}`;
    const answer = await ask({
      port: port(),
      path: "/api/trpc/auth.signUp",
      method: "POST",
      body: newcomer(),
      headers: { ...json, host, origin: `http://${host}`, "sec-fetch-site": "same-origin" },
    });
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([421, undefined]);
  });

  test("what a client says of the host in other headers changes nothing", async () => {
    const headers = {
      host: `evil.example:${port()}`,
      "x-forwarded-host": `127.0.0.1:${port()}`,
      forwarded: `host=127.0.0.1:${port()}`,
    };
    expect((await ask({ port: port(), path: "/", headers })).status).toBe(421);
    const redirected = await ask({
      port: port(),
      path: "/runs",
      headers: { host: `127.0.0.1:${port()}`, "x-forwarded-host": "evil.example" },
    });
    expect([redirected.status, new URL(redirected.headers.location ?? "", info.url).host]).toEqual([
      307,
      new URL(info.url).host,
    ]);
  });

  test("the demo address signs in once; its token is in no other way to be had", async () => {
    const link = readJson<DemoSignIn>(home.demo)?.link ?? "";
    const token = new URL(link).hash.replace("#demo=", "");
    expect(token.length).toBeGreaterThan(30);
    const signIn = (given: string) =>
      ask({
        port: port(),
        path: "/api/trpc/auth.signInDemo",
        method: "POST",
        body: JSON.stringify(superjson.serialize({ token: given })),
        headers: { ...json, host: `127.0.0.1:${port()}`, origin: info.url },
      });
    expect((await signIn("guessed")).status).toBe(403);
    const twice = await Promise.all([signIn(token), signIn(token)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect((await signIn(token)).text).toContain("has signed somebody in already");
  });

  test.skipIf(noNginx)("a proxy that rewrites Host over http: the refusal names the setting", async () => {
    const headers = { ...json, host: `${name}:${ports.rewrites}`, origin: `http://${name}:${ports.rewrites}` };
    const answer = await ask({
      port: ports.rewrites,
      path: "/api/trpc/auth.signUp",
      method: "POST",
      body: newcomer(),
      headers,
    });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain(`start it with HOMEPORT_URL=http://${name}:${ports.rewrites}`);
  });
});

describe.skipIf(noNginx)("with HOMEPORT_URL=http://…", () => {
  beforeAll(() => start(`http://${name}:${ports.rewrites}`), 420_000);
  afterAll(stop);

  test("behind a proxy that rewrites Host people sign up and stay signed in, and redirects lead nowhere else", async () => {
    const host = `${name}:${ports.rewrites}`;
    const answer = await ask({
      port: ports.rewrites,
      path: "/api/trpc/auth.signUp",
      method: "POST",
      body: newcomer(),
      headers: { ...json, host, origin: `http://${host}` },
    });
    expect(answer.status).toBe(200);
    const [cookie = ""] = answer.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^homeport=/);
    expect(cookie).not.toMatch(/secure/i);
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
    expect((await ask({ port: ports.rewrites, path: "/nodes", headers: { host, cookie } })).status).toBe(200);
    const home = await ask({ port: ports.rewrites, path: "/runs", headers: { host, cookie } });
    expect(new URL(home.headers.location ?? "", `http://${host}`).href).toMatch(`http://${host}/p/`);
    const away = await ask({ port: ports.rewrites, path: "/runs", headers: { host } });
    expect(new URL(away.headers.location ?? "", `http://${host}`).href).toBe(`http://${host}/sign-in?next=%2Fruns`);
  });
});

describe.skipIf(noNginx)("with HOMEPORT_URL=https://…", () => {
  beforeAll(() => start(`https://${name}:${ports.tls}`), 420_000);
  afterAll(stop);
  const host = (): string => `${name}:${ports.tls}`;
  const asks = (
    at: string,
    more: { headers?: Record<string, string>; method?: string; body?: string; firstBytesOnly?: boolean } = {},
  ) => ask({ port: ports.tls, path: at, ca: nginx?.ca ?? "", ...more, headers: { host: host(), ...more.headers } });

  test("cookies are Secure and bound to the host, every answer demands https, and the address is the client's", async () => {
    const spoofed = { "x-forwarded-for": "203.0.113.9" };
    const answer = await asks("/api/trpc/auth.signUp", {
      method: "POST",
      body: newcomer(),
      headers: { ...json, ...spoofed, origin: `https://${host()}`, "sec-fetch-site": "same-origin" },
    });
    const [cookie = ""] = answer.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^__Host-homeport=[^;]+;(?=.*\bSecure\b)(?=.*\bHttpOnly\b)(?=.*Path=\/)/);
    expect(cookie).not.toMatch(/domain=/i);
    for (const at of ["/sign-in", "/api/health", "/icon.svg"])
      expect((await asks(at)).headers["strict-transport-security"]).toBe("max-age=31536000");
    const [pair = ""] = cookie.split(";");
    const sessions = await asks("/api/trpc/sessions.list", { headers: { cookie: pair } });
    expect(sessions.text).toContain('"ip":"127.0.0.2"');
  });

  test("a redirect stays on https and on the name that people typed", async () => {
    const away = await asks("/runs");
    expect(new URL(away.headers.location ?? "", `https://${host()}`).href).toBe(
      `https://${host()}/sign-in?next=%2Fruns`,
    );
  });

  test("an event stream comes through nginx's buffering as it is written", async () => {
    const made = await asks("/api/trpc/auth.signUp", {
      method: "POST",
      body: newcomer(),
      headers: { ...json, origin: `https://${host()}` },
    });
    const cookie = made.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const stream = await asks("/api/trpc/nodes.watch", {
      firstBytesOnly: true,
      headers: { cookie, accept: "text/event-stream" },
    });
    expect([stream.status, stream.headers["content-type"]]).toEqual([200, "text/event-stream"]);
    expect(stream.text).toMatch(/^(event|data|:)/m);
  });

  test("another name is refused behind the proxy as well", async () => {
    expect((await ask({ port: ports.keeps, path: "/", headers: { host: "evil.example" } })).status).toBe(421);
  });
});
