// Answers byte by byte as Proxmox 9.2 and 8.4 were seen to give them; what no client of ours would send.

import http from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LabClock } from "../clock";
import { realClock } from "../clock";
import { openTestLab, raw, type TestLab } from "../test-lab";

const slept: number[] = [];
const clock: LabClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => {
    slept.push(ms);
    return realClock.sleep(Math.min(ms, 5), signal);
  },
};
let node: TestLab;
beforeAll(async () => {
  node = await openTestLab({ clock, authDelayMs: 3_000 });
});
afterAll(async () => node.close());
const ask = (request: Parameters<typeof raw>[1]) => raw(node.lab, request);
const api = "/api2/json";

describe("the envelope", () => {
  test("a good answer has exactly Proxmox's headers", async () => {
    const { status, reason, headers, body } = await ask({
      path: `${api}/version`,
      headers: { Connection: "keep-alive" },
    });
    expect([status, reason]).toEqual([200, "OK"]);
    expect(Object.keys(headers).sort()).toEqual([
      "cache-control",
      "connection",
      "content-length",
      "content-type",
      "date",
      "expires",
      "pragma",
      "server",
    ]);
    expect(headers).toMatchObject({
      "content-type": "application/json;charset=UTF-8",
      server: "pve-api-daemon/3.0",
      connection: "Keep-Alive",
    });
    expect(JSON.parse(body)).toEqual({ data: { release: "9.2", version: "9.2.11", repoid: "14a22df35955d97d" } });
  });

  test("a refusal has its first line as reason phrase, all of it in message, and closes the connection", async () => {
    const { status, reason, headers, body } = await ask({ path: `${api}/nodes/pve/lxc/999/status/current` });
    const text = "Configuration file 'nodes/pve/lxc/999.conf' does not exist";
    expect([status, reason, headers["connection"]]).toEqual([500, text, "close"]);
    expect(JSON.parse(body)).toEqual({ data: null, message: `${text}\n` });
  });

  test("parameter errors are listed together", async () => {
    const body = "vmid=5&ostemplate=local:vztmpl/x.tar.zst&memory=abc&net0=bridge&foo=bar";
    const answer = await ask({ method: "POST", path: `${api}/nodes/pve/lxc`, body });
    expect([answer.status, answer.reason]).toEqual([400, "Parameter verification failed."]);
    expect(JSON.parse(answer.body)).toEqual({
      data: null,
      message: "Parameter verification failed.\n",
      errors: {
        net0: "invalid format - value without key, but schema does not define a default key\n",
        memory: "type check ('integer') failed - got 'abc'",
        foo: "property is not defined in schema and the schema does not allow additional properties",
        vmid: "invalid format - value does not look like a valid VM ID\n",
      },
    });
  });

  test("missing parameters are named", async () => {
    const answer = await ask({ method: "POST", path: `${api}/nodes/pve/lxc`, body: "hostname=x" });
    const missing = "property is missing and it is not optional";
    expect(JSON.parse(answer.body)).toMatchObject({ errors: { vmid: missing, ostemplate: missing } });
  });

  test("next id is a string", async () => {
    expect((await ask({ path: `${api}/cluster/nextid` })).body).toBe('{"data":"100"}');
    expect((await ask({ path: `${api}/cluster/nextid?vmid=555` })).body).toBe('{"data":"555"}');
  });
});

describe("what is not there", () => {
  test.each([
    ["GET", "/foo"],
    ["GET", "/nodes/pve/foo"],
    ["PUT", "/version"],
    ["POST", "/nodes/pve/lxc/101/migrate"],
  ])("%s %s is 501 and says so", async (method, path) => {
    const { status, body } = await ask({ method, path: `${api}${path}` });
    expect([status, JSON.parse(body)]).toEqual([
      501,
      { data: null, message: `Method '${method} ${path}' not implemented` },
    ]);
  });

  test("HEAD is 501", async () => {
    const { status, reason } = await ask({ method: "HEAD", path: `${api}/version` });
    expect([status, reason]).toEqual([501, "method 'HEAD' not available"]);
  });

  test("a superfluous query parameter is 400", async () => {
    const { body } = await ask({ path: `${api}/nodes/pve/lxc?foo=bar` });
    expect(JSON.parse(body)).toMatchObject({
      errors: { foo: "property is not defined in schema and the schema does not allow additional properties" },
    });
  });

  test("malformed and unknown UPIDs are 400", async () => {
    expect(JSON.parse((await ask({ path: `${api}/nodes/pve/tasks/foo/status` })).body)).toMatchObject({
      errors: { upid: "unable to parse worker upid" },
    });
    const upid = "UPID:pve:00000001:00000001:6B000000:vzstart:101:root@pam:";
    expect(JSON.parse((await ask({ path: `${api}/nodes/pve/tasks/${upid}/status` })).body)).toMatchObject({
      errors: { upid: "no such task" },
    });
  });
});

describe("bodies", () => {
  test.each(["DELETE", "GET"])("%s with a body is 501 in plain text", async (method) => {
    const { status, body, headers } = await ask({
      method,
      path: `${api}/nodes/pve/lxc/999`,
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect([status, body, headers["content-type"]]).toEqual([
      501,
      `Unexpected content for method '${method}'`,
      undefined,
    ]);
  });

  test("a chunked body is 501, another content type 506, too much data 501", async () => {
    const path = `${api}/nodes/pve/lxc`;
    expect(
      (await ask({ method: "POST", path, headers: { "Transfer-Encoding": "chunked" }, body: "vmid=100" })).status,
    ).toBe(501);
    expect(
      (await ask({ method: "POST", path, headers: { "Content-Type": "text/plain" }, body: "vmid=100" })).status,
    ).toBe(506);
    const big = await ask({ method: "POST", path, body: `description=${"x".repeat(600_000)}` });
    expect([big.status, big.reason]).toEqual([501, "for data too large"]);
  });

  test("JSON with booleans is understood, broken JSON is a 500 of the HTTP server", async () => {
    const params = {
      vmid: 127,
      ostemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
      rootfs: "local-lvm:2",
      unprivileged: true,
      memory: "256",
      start: false,
    };
    const json = { "Content-Type": "application/json" };
    const made = await ask({
      method: "POST",
      path: `${api}/nodes/pve/lxc`,
      headers: json,
      body: JSON.stringify(params),
    });
    expect(made.body).toMatch(
      /^\{"data":"UPID:pve:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:vzcreate:127:root@pam!homeport:"\}$/,
    );
    const broken = await ask({
      method: "POST",
      path: `${api}/nodes/pve/lxc`,
      headers: json,
      body: '{"vmid":127,"ostemplate":',
    });
    expect(broken.status).toBe(500);
    expect(broken.body).toMatch(/^malformed JSON string/);
  });

  test("a raw = or ; inside a value is not kept, an encoded one is", async () => {
    const start = "vmid=128&ostemplate=local:vztmpl/x.tar.zst&rootfs=local-lvm:2";
    const cut = await ask({
      method: "POST",
      path: `${api}/nodes/pve/lxc`,
      body: `${start}&features=nesting=1&tags=a;b`,
    });
    expect(Object.keys((JSON.parse(cut.body) as { errors: object }).errors).sort()).toEqual(["b", "features"]);
  });

  test("a boolean in a form is 0 or 1", async () => {
    const { body } = await ask({ method: "DELETE", path: `${api}/nodes/pve/lxc/999?force=true` });
    expect(JSON.parse(body)).toMatchObject({ errors: { force: "type check ('boolean') failed - got 'true'" } });
  });
});

describe("authentication", () => {
  const wrong = "PVEAPIToken=root@pam!homeport=00000000-0000-0000-0000-000000000000";
  test.each([
    ["no credentials", undefined, "No ticket"],
    ["a wrong secret", wrong, "Authentication failed!"],
    ["a malformed token", "PVEAPIToken=nonsense", "Authentication failed!"],
  ])("%s is a 401 after three seconds, without a body", async (_name, authorization, reason) => {
    slept.length = 0;
    const answer = await ask({
      path: `${api}/version`,
      token: false,
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });
    expect([
      answer.status,
      answer.reason,
      answer.body,
      answer.headers["content-type"],
      answer.headers["connection"],
    ]).toEqual([401, reason, "", undefined, "close"]);
    expect(slept).toContain(3_000);
  });

  test("a space after PVEAPIToken is as good as the equals sign", async () => {
    const { id, secret } = node.lab.token;
    expect(
      (await ask({ path: `${api}/version`, token: false, headers: { Authorization: `PVEAPIToken ${id}=${secret}` } }))
        .status,
    ).toBe(200);
  });

  test("plain HTTP on the same port is redirected", async () => {
    const { host, port } = node.lab;
    const location = await new Promise((resolve, reject) => {
      http
        .get({ host, port, path: `${api}/version`, agent: false }, (response) =>
          resolve([response.statusCode, response.headers.location]),
        )
        .on("error", reject);
    });
    expect(location).toEqual([301, `https://${host}:${port}${api}/version`]);
  });

  test("an expired token and one of a disabled user are refused", async () => {
    const { users } = node.lab;
    await users.addUser({ userid: "old@pve" });
    const secret = await users.addToken({ tokenId: "old@pve!past", expire: 1 });
    const fresh = await users.addToken({ tokenId: "old@pve!now" });
    const as = (id: string, value: string) =>
      ask({ path: `${api}/version`, token: false, headers: { Authorization: `PVEAPIToken=${id}=${value}` } });
    expect((await as("old@pve!past", secret)).status).toBe(401);
    expect((await as("old@pve!now", fresh)).status).toBe(200);
    await users.setUserEnabled({ userid: "old@pve", enabled: false });
    expect((await as("old@pve!now", fresh)).status).toBe(401);
  });
});
