// Commands over a real connection to a real shell.
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connectSsh } from "./connect-ssh";
import type { Ssh } from "./ssh";
import { startTestServer, type TestServer } from "./test-server";

let server: TestServer;
let ssh: Ssh;
let gate: Promise<void>;

beforeAll(async () => {
  server = await startTestServer({ password: "right", beforeExec: () => gate });
});
beforeEach(async () => {
  gate = Promise.resolve();
  ssh = await connectSsh({
    host: "127.0.0.1",
    port: server.port,
    user: "root",
    password: "right",
    hostKey: server.hostKey,
  });
  return () => ssh.close();
});
afterAll(() => server.close());

test("stdout, stderr and the exit code come back apart", async () => {
  const result = await ssh.exec(["sh", "-c", "echo out; echo err >&2; exit 7"]);
  expect(result).toMatchObject({ code: 7, stderr: "err\n", truncated: false });
  expect(result.stdout.toString()).toBe("out\n");
});

test("a command ended by a signal has no code", async () => {
  // It stands in the login shell's place: its end is what the host reports.
  expect(await ssh.exec(["sh", "-c", "kill -KILL $$"])).toMatchObject({ code: null, signal: "KILL" });
});

test("stdin arrives byte for byte, and is empty when none is given", async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
  expect((await ssh.exec(["cat"], { stdin: bytes })).stdout.equals(bytes)).toBe(true);
  expect((await ssh.exec(["cat"])).stdout).toHaveLength(0);
});

test("a stream as stdin is passed on as it comes, and its end ends it", async () => {
  const stdin = new PassThrough();
  const seen: string[] = [];
  const ended = ssh.exec(["cat"], { stdin, onStdout: (bytes) => void seen.push(bytes.toString()) });
  for (const piece of ["one", "two"]) {
    stdin.write(piece);
    await expect.poll(() => seen.at(-1)).toBe(piece);
  }
  stdin.end();
  expect(await ended).toMatchObject({ code: 0 });
});

test("output is handed over while the command runs", async () => {
  const abort = new AbortController();
  const seen = await new Promise<string>((resolve) => {
    const onStdout = (bytes: Buffer): void => resolve(bytes.toString());
    ssh.exec(["sh", "-c", "echo first; exec sleep 60"], { onStdout, signal: abort.signal }).catch(() => undefined);
  });
  abort.abort();
  expect(seen).toBe("first\n");
});

test("a caller's own error ends the command and is what it gets", async () => {
  const onStdout = (): void => {
    throw new Error("my own");
  };
  await expect(ssh.exec(["sh", "-c", "echo x; exec sleep 60"], { onStdout })).rejects.toThrow("my own");
});

test("no command can fill our memory", async () => {
  const result = await ssh.exec(["sh", "-c", "head -c 100000 /dev/zero"], { maxBytes: 1000 });
  expect(result.stdout).toHaveLength(1000);
  expect(result.truncated).toBe(true);
});

test("aborting rejects at once and ends the command", async () => {
  const abort = new AbortController();
  const running = ssh.exec(["sh", "-c", "echo up; exec sleep 60"], {
    signal: abort.signal,
    onStdout: () => abort.abort(),
  });
  await expect(running).rejects.toMatchObject({ kind: "aborted" });
  await expect.poll(() => server.running()).toBe(0);
});

test("aborting while the channel opens leaves no command running", async () => {
  const abort = new AbortController();
  let open = (): void => undefined;
  gate = new Promise((resolve) => (open = resolve));
  const asked = server.commands.length;
  const signalled = server.signals.length;
  const running = ssh.exec(["sleep", "60"], { signal: abort.signal });
  await expect.poll(() => server.commands.length).toBe(asked + 1);
  abort.abort();
  await expect(running).rejects.toMatchObject({ kind: "aborted" });
  open();
  await expect.poll(() => server.signals.length).toBe(signalled + 1);
  expect((await ssh.exec(["true"])).code).toBe(0);
});

test("an aborted signal starts nothing", async () => {
  const asked = server.commands.length;
  await expect(ssh.exec(["true"], { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "aborted" });
  expect(server.commands).toHaveLength(asked);
});

test("a command that takes too long is kind timeout", async () => {
  await expect(ssh.exec(["sleep", "60"], { timeoutMs: 50 })).rejects.toMatchObject({ kind: "timeout" });
});

test("a connection that drops is kind closed, not an exit code", async () => {
  const running = ssh.exec(["sh", "-c", "echo up; exec sleep 60"], { onStdout: () => server.drop() });
  await expect(running).rejects.toMatchObject({ kind: "closed" });
  await ssh.closed;
});
