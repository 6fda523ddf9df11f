// The client against a real HTTPS server: what goes over the wire, and what never does.
import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectProxmox, type Proxmox, type ProxmoxOptions, type ProxmoxTarget } from "./connect-proxmox";
import { ProxmoxError } from "./error";
import { probeCertificate } from "./probe-certificate";
import { refuse, startTestNode, type TestNode } from "./test-node";

const secret = "11111111-2222-3333-4444-555555555555";
const upid = "UPID:pve:00000DEF:0004D52D:6B00E018:vzcreate:130:root@pam!test:";
let node: TestNode;
const clients: Proxmox[] = [];

beforeEach(async () => {
  node = await startTestNode();
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await node.close();
});

function client(overrides: Partial<ProxmoxTarget> = {}, options?: ProxmoxOptions): Proxmox {
  const target = {
    host: "127.0.0.1",
    port: node.port,
    tokenId: "root@pam!test",
    tokenSecret: secret,
    fingerprint: node.fingerprint,
  };
  const made = connectProxmox({ ...target, ...overrides }, options);
  clients.push(made);
  return made;
}
const data = (value: unknown): void => node.answer((response) => response.end(JSON.stringify({ data: value })));

test("a node with another certificate receives not one byte", async () => {
  const wrong = node.fingerprint.replace(/^../, node.fingerprint.startsWith("00") ? "FF" : "00");
  await expect(client({ fingerprint: wrong }).version()).rejects.toMatchObject({
    kind: "certificate",
    seenFingerprint: node.fingerprint,
    request: "GET /version",
  });
  await expect(client({ fingerprint: "" }).version()).rejects.toMatchObject({ kind: "certificate" });
  await expect.poll(() => node.connections()).toBe(2);
  expect(node.requests).toEqual([]);
  expect(node.bytesReceived()).toBe(0);
});

test("the pinned node is asked with the token, over connections that are used again", async () => {
  data({ version: "9.2.11", release: "9.2", repoid: "14a22df35955d97d" });
  const proxmox = client();
  expect(await proxmox.version()).toEqual({ version: "9.2.11", release: "9.2", repoid: "14a22df35955d97d" });
  for (let call = 2; call <= 10; call++) await proxmox.version();
  expect(node.requests).toHaveLength(10);
  expect(node.requests[0]).toMatchObject({
    method: "GET",
    url: "/api2/json/version",
    headers: { authorization: `PVEAPIToken=root@pam!test=${secret}` },
  });
  expect(node.connections()).toBeLessThanOrEqual(2);
});

test("a pin may be written in lower case or without colons", async () => {
  data({ version: "9.2.11", release: "9.2" });
  await client({ fingerprint: node.fingerprint.toLowerCase() }).version();
  await client({ fingerprint: node.fingerprint.replaceAll(":", "") }).version();
});

test("a form escapes what Proxmox would split on, has a length, and leaves out what is undefined", async () => {
  data(upid);
  const params = {
    vmid: 130,
    ostemplate: "local:vztmpl/a.tar.zst",
    unprivileged: true,
    onboot: false,
    net0: "name=eth0,bridge=vmbr0",
    description: "a=b;c&d\nü",
    cores: undefined,
  };
  expect(await client().createLxc("pve", params)).toBe(upid);
  const [request] = node.requests;
  expect(request?.headers).toMatchObject({
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(request?.body.length),
  });
  expect(request?.body).toBe(
    "vmid=130&ostemplate=local%3Avztmpl%2Fa.tar.zst&unprivileged=1&onboot=0&net0=name%3Deth0%2Cbridge%3Dvmbr0&description=a%3Db%3Bc%26d%0A%C3%BC",
  );
});

test("a delete puts its parameters in the query and has no body", async () => {
  data(upid);
  await client().destroyLxc("pve", 130, { purge: true, destroyUnreferencedDisks: true });
  expect(node.requests[0]).toMatchObject({
    method: "DELETE",
    url: "/api2/json/nodes/pve/lxc/130?purge=1&destroy-unreferenced-disks=1",
    body: "",
  });
  expect(node.requests[0]?.headers["content-length"]).toBeUndefined();
  expect(node.requests[0]?.headers["transfer-encoding"]).toBeUndefined();
});

test("an empty value is refused before it is sent", async () => {
  await expect(client().setLxcConfig("pve", 130, { description: "" })).rejects.toMatchObject({
    kind: "invalid",
    fields: { description: "must not be empty" },
  });
  expect(node.requests).toEqual([]);
});

test("names cannot leave their place in the path", async () => {
  data([]);
  await client().storageContent("pve", "a/../b?x=1", "vztmpl");
  expect(node.requests[0]?.url).toBe("/api2/json/nodes/pve/storage/a%2F..%2Fb%3Fx%3D1/content?content=vztmpl");
});

test("a refusal carries its kind, text, status and fields, and never the secret", async () => {
  node.answer(refuse(400, "Parameter verification failed.", { vmid: "VM 101 already exists\n" }));
  const error: unknown = await client()
    .nextId(101)
    .catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(ProxmoxError);
  expect(error).toMatchObject({
    kind: "exists",
    status: 400,
    fields: { vmid: "VM 101 already exists" },
    message: "Parameter verification failed. vmid: VM 101 already exists",
  });
  expect(JSON.stringify(error) + String(error)).not.toContain(secret);
});

test("what a proxy quotes of the request's header stays here, and nothing that a terminal would obey is in an error", async () => {
  node.answer((response, { headers }) => {
    const message = `boom ${headers.authorization ?? ""}\u0007\u001b]8;;\u202e\nsecond line`;
    response.writeHead(500).end(JSON.stringify({ message, errors: { vmid: `\u001b[2J${message}` } }));
  });
  const error = await client()
    .version()
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({
    message:
      "boom PVEAPIToken=root@pam!test=•••••]8;;\nsecond line vmid: [2Jboom PVEAPIToken=root@pam!test=•••••]8;;\nsecond line",
  });
  node.answer((response, { headers }) => {
    response.end(JSON.stringify({ data: [{ storage: "local", content: headers.authorization, type: "dir" }] }));
  });
  expect(JSON.stringify(await client().storages("pve"))).not.toContain(secret);
});

test("a text that is only in the reason phrase is enough", async () => {
  node.answer((response) => response.writeHead(500, "CT 130 already running").end(`{"data":null}`));
  await expect(client().startLxc("pve", 130)).rejects.toMatchObject({
    kind: "already_running",
    message: "CT 130 already running",
  });
  node.answer((response) => response.writeHead(401, "No ticket").end());
  await expect(client().version()).rejects.toMatchObject({ kind: "auth", message: "No ticket" });
});

test("what is not Proxmox's JSON is kind malformed", async () => {
  for (const body of ["", "<html>hello</html>", `{"data":[{"no`, `[]`, `{}`, `"text"`, `{"data":{"release":{}}}`]) {
    node.answer((response) => response.end(body));
    await expect(client().version(), body).rejects.toMatchObject({ kind: "malformed" });
  }
  node.answer((response) => response.writeHead(500, "Oops", { "content-type": "text/html" }).end("<html>"));
  await expect(client().version()).rejects.toMatchObject({ kind: "malformed" });
});

test("an answer that breaks off or never ends is kind malformed", async () => {
  node.answer((response) => {
    response.setHeader("content-length", 1000);
    response.write(`{"data":`, () => response.destroy());
  });
  await expect(client().version()).rejects.toMatchObject({ kind: "malformed" });
  node.answer((response) => response.end(Buffer.alloc(21 * 1024 * 1024, " ")));
  await expect(client().version()).rejects.toMatchObject({ kind: "malformed", message: /larger/ });
});

test("silence is kind unreachable; an abort rejects with its own reason and nothing is sent again", async () => {
  node.answer(() => undefined);
  await expect(client({}, { timeoutMs: 60 }).version()).rejects.toMatchObject({ kind: "unreachable" });
  const abort = new AbortController();
  const running = client().nodes({ signal: abort.signal });
  await expect.poll(() => node.requests.at(-1)?.url).toBe("/api2/json/nodes");
  abort.abort(new Error("changed my mind"));
  await expect(running).rejects.toThrow("changed my mind");
  expect(node.requests.filter(({ url }) => url === "/api2/json/nodes")).toHaveLength(1);
});

test("a connection that dies under a request is kind unreachable and the request is not repeated", async () => {
  node.answer((response) => response.destroy());
  await expect(client().startLxc("pve", 130)).rejects.toMatchObject({ kind: "unreachable" });
  expect(node.requests).toHaveLength(1);
});

test("a port where nobody listens, or nobody speaks TLS, is kind unreachable", async () => {
  const plain = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.resume();
    socket.end("HTTP/1.1 301 Moved Permanently\r\n\r\n");
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const { port } = plain.address() as AddressInfo;
  await expect(client({ port }).version()).rejects.toMatchObject({ kind: "unreachable" });
  await expect(probeCertificate({ host: "127.0.0.1", port })).rejects.toMatchObject({ kind: "unreachable" });
  await new Promise((resolve) => plain.close(resolve));
  await expect(client({ port }).version()).rejects.toMatchObject({ kind: "unreachable" });
  await expect(probeCertificate({ host: "127.0.0.1", port })).rejects.toMatchObject({ kind: "unreachable" });
});

test("a malformed token fails at once, without asking the node", async () => {
  await expect(client({ tokenId: "root@pam" }).version()).rejects.toMatchObject({ kind: "auth" });
  await expect(client({ tokenSecret: "x\r\nevil: 1" }).version()).rejects.toMatchObject({ kind: "auth" });
  expect(node.requests).toEqual([]);
});

test("probing shows the certificate and sends nothing", async () => {
  expect(await probeCertificate({ host: "127.0.0.1", port: node.port })).toMatchObject({
    fingerprint: node.fingerprint,
    subject: "CN=pve",
    issuer: "CN=pve",
    names: ["pve", "127.0.0.1"],
  });
  expect(node.bytesReceived()).toBe(0);
});
