// Requests as clients that nobody here wrote send them: old protocols, odd escapes, names that every object has.

import tls from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100);
});
afterAll(async () => node.close());

const api = "/api2/json";
const ask = (request: Parameters<typeof raw>[1]) => raw(node.lab, request);
const put = (body: string) => ask({ method: "PUT", path: `${api}/nodes/pve/lxc/100/config`, body });
const config = async () =>
  (JSON.parse((await ask({ path: `${api}/nodes/pve/lxc/100/config` })).body) as { data: Record<string, unknown> }).data;

/** All bytes that come before the node closes the connection. */
function speak(
  text: string,
  options: tls.ConnectionOptions = {},
): Promise<{ answer: string; protocol: string | false | null }> {
  const { host, port, token } = node.lab;
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host, port, rejectUnauthorized: false, ...options });
    let answer = "";
    socket.on("secureConnect", () =>
      socket.write(text.replace("TOKEN", `Authorization: PVEAPIToken=${token.id}=${token.secret}`)),
    );
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("error", reject);
    socket.on("end", () => {
      resolve({ answer, protocol: socket.alpnProtocol });
      socket.destroy();
    });
  });
}

test.each([
  ["Connection: close", `GET ${api}/version HTTP/1.1\r\nHost: pve\r\nConnection: close\r\nTOKEN\r\n\r\n`],
  ["HTTP/1.0", `GET ${api}/version HTTP/1.0\r\nTOKEN\r\n\r\n`],
])("%s ends the connection after the answer", async (_name, request) => {
  const { answer } = await speak(request);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close/i);
});

test("a client that offers HTTP/1.0 alone in TLS is served, and no protocol is negotiated", async () => {
  const { answer, protocol } = await speak(`GET ${api}/version HTTP/1.0\r\nTOKEN\r\n\r\n`, {
    ALPNProtocols: ["http/1.0"],
  });
  expect([answer.split("\r\n")[0], protocol]).toEqual(["HTTP/1.1 200 OK", false]);
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])("%s is no parameter", async (name) => {
  const unknown = "property is not defined in schema and the schema does not allow additional properties";
  for (const request of [
    { body: `${name}=x` },
    { headers: { "Content-Type": "application/json" }, body: `{"${name}":"x"}` },
  ]) {
    const { status, body } = await ask({ method: "PUT", path: `${api}/nodes/pve/lxc/100/config`, ...request });
    expect([status, body.includes(`"${name}":"${unknown}"`)]).toEqual([400, true]);
  }
  expect((await ask({ path: `${api}/nodes/pve/lxc?${name}=x` })).status).toBe(400);
  expect(JSON.parse((await put(`net1=${encodeURIComponent(`name=eth1,${name}=x`)}`)).body)).toMatchObject({
    errors: { net1: expect.stringContaining("invalid key") as string },
  });
  expect((await put(`delete=${name}`)).body).toContain(`unknown option '${name}'`);
});

test("each escape is decoded for itself; bytes that are no UTF-8 become the replacement character", async () => {
  await put("description=%E4%20%C3%A4%20100%25%zz");
  expect((await config())["description"]).toBe("\u{FFFD} ä 100%%zz\n");
});

test("of a name in query and body the query's value counts", async () => {
  await ask({ method: "PUT", path: `${api}/nodes/pve/lxc/100/config?memory=300`, body: "memory=400" });
  expect((await config())["memory"]).toBe(300);
});

test("an escaped path is the same path", async () => {
  expect((await ask({ path: `${api}/nodes/pve/lxc/%31%30%30/%63onfig` })).status).toBe(200);
});
