// Signing in: who is let in, and what a host learns before it is trusted.
import { generateKeyPairSync } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import ssh2 from "ssh2";
import { afterEach, expect, test } from "vitest";
import { connectSsh } from "./connect-ssh";
import { usablePrivateKey } from "./private-key";
import { probeHostKey } from "./probe-host-key";
import { newKeyPair, startTestServer, type TestServer, type TestServerOptions } from "./test-server";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(options: TestServerOptions = { password: "right" }): Promise<TestServer> {
  const server = await startTestServer(options);
  cleanups.push(() => server.close());
  return server;
}
const target = (server: TestServer) => ({
  host: "127.0.0.1",
  port: server.port,
  user: "root",
  password: "right",
  hostKey: server.hostKey,
});

test("a password signs in to the pinned host", async () => {
  const server = await serve();
  const ssh = await connectSsh(target(server));
  cleanups.push(ssh.close);
  expect((await ssh.exec(["echo", "hello"])).stdout.toString()).toBe("hello\n");
});

test("a private key signs in", async () => {
  const pair = newKeyPair();
  const server = await serve({ publicKey: pair.public });
  const ssh = await connectSsh({ ...target(server), password: undefined, privateKey: pair.private });
  cleanups.push(ssh.close);
  expect((await ssh.exec(["true"])).code).toBe(0);
});

test("a host with another key never learns the password", async () => {
  const server = await serve();
  const attempt = connectSsh({ ...target(server), hostKey: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" });
  await expect(attempt).rejects.toMatchObject({ name: "SshError", kind: "host_key", seenHostKey: server.hostKey });
  expect(server.attempts).toEqual([]);
});

test("a wrong password is kind auth, and is not in the message", async () => {
  const server = await serve();
  const error: unknown = await connectSsh({ ...target(server), password: "s3cret-wrong" }).catch(
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ kind: "auth" });
  expect(String(error)).not.toContain("s3cret-wrong");
});

test("a private key that cannot be read is kind auth, with the reason, and the host is not asked", async () => {
  const server = await serve();
  await expect(connectSsh({ ...target(server), privateKey: "-----BEGIN nonsense" })).rejects.toMatchObject({
    kind: "auth",
    auth: "key_unreadable",
  });
  const locked = generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    privateKeyEncoding: { type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "x" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  }).privateKey;
  await expect(connectSsh({ ...target(server), privateKey: locked })).rejects.toMatchObject({
    kind: "auth",
    auth: "key_passphrase",
  });
  expect(server.attempts).toEqual([]);
});

test.each([
  ["ed25519", () => generateKeyPairSync("ed25519")],
  ["ec", () => generateKeyPairSync("ec", { namedCurve: "P-256" })],
  ["rsa", () => generateKeyPairSync("rsa", { modulusLength: 2_048 })],
] as const)("a PKCS#8 key of type %s signs in", async (...[, make]) => {
  const pem = make().privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const key = ssh2.utils.parseKey(usablePrivateKey(pem));
  if (key instanceof Error) throw new Error("not a key");
  const server = await serve({ publicKey: `${key.type} ${key.getPublicSSH().toString("base64")}` });
  const ssh = await connectSsh({ ...target(server), password: undefined, privateKey: pem });
  cleanups.push(ssh.close);
  expect((await ssh.exec(["true"])).code).toBe(0);
});

test("a password that is asked for in a question is given once", async () => {
  const server = await serve({ password: "right", offers: ["keyboard-interactive"], questions: [["Password: "]] });
  await expect(connectSsh(target(server))).rejects.toMatchObject({ auth: "password_refused" });
});

const pair = newKeyPair();
test.each([
  ["takes keys only", { publicKey: pair.public, offers: ["publickey"] }, { password: "right" }, "key_only"],
  [
    "takes passwords only",
    { password: "right", offers: ["password"] },
    { password: undefined, privateKey: pair.private },
    "password_only",
  ],
  ["does not know the key", { password: "right" }, { password: undefined, privateKey: pair.private }, "key_refused"],
  ["knows another password", { password: "other" }, { password: "right" }, "password_refused"],
  [
    "wants a code after the key",
    { publicKey: pair.public, questions: [["Verification code: "]] },
    { password: undefined, privateKey: pair.private },
    "second_factor",
  ],
  [
    "wants a code after the password",
    { password: "right", questions: [["Verification code: "]] },
    { password: "right" },
    "second_factor",
  ],
  [
    "asks for password and code",
    { offers: ["keyboard-interactive"], questions: [["Password: "], ["Code: "]] },
    { password: "right" },
    "second_factor",
  ],
  [
    "asks for both at once",
    { offers: ["keyboard-interactive"], questions: [["Password: ", "OTP: "]] },
    { password: "right" },
    "second_factor",
  ],
  ["knows neither the key nor the password", {}, { password: "right", privateKey: pair.private }, "refused"],
] as [string, TestServerOptions, { password?: string; privateKey?: string }, string][])(
  "a host that %s is told apart",
  async (...[, options, credentials, auth]) => {
    const server = await serve(options);
    await expect(connectSsh({ ...target(server), ...credentials })).rejects.toMatchObject({ kind: "auth", auth });
  },
);

test("a port where nobody listens is kind unreachable", async () => {
  const server = await serve();
  await server.close();
  await expect(connectSsh(target(server))).rejects.toMatchObject({ kind: "unreachable" });
  await expect(probeHostKey({ host: "127.0.0.1", port: server.port })).rejects.toMatchObject({ kind: "unreachable" });
});

test("a host that accepts and says nothing is kind timeout, and connecting can be aborted", async () => {
  const silent = createServer((socket) => socket.on("error", () => undefined));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => silent.close());
  const port = (silent.address() as AddressInfo).port;
  const nobody = { host: "127.0.0.1", port, user: "root", password: "x", hostKey: "SHA256:x" };
  await expect(connectSsh(nobody, { timeoutMs: 50 })).rejects.toMatchObject({ kind: "timeout" });
  await expect(probeHostKey({ host: "127.0.0.1", port, timeoutMs: 50 })).rejects.toMatchObject({ kind: "timeout" });
  const abort = new AbortController();
  const attempt = connectSsh(nobody, { signal: abort.signal });
  abort.abort();
  await expect(attempt).rejects.toMatchObject({ kind: "aborted" });
});

test("probing shows the host key and tries no sign-in", async () => {
  const server = await serve();
  expect(await probeHostKey({ host: "127.0.0.1", port: server.port })).toEqual({
    fingerprint: server.hostKey,
    type: "ssh-ed25519",
  });
  expect(server.attempts).toEqual([]);
});

test("closing resolves closed", async () => {
  const server = await serve();
  const ssh = await connectSsh(target(server));
  ssh.close();
  await ssh.closed;
  await expect(ssh.exec(["true"])).rejects.toMatchObject({ kind: "closed" });
});
