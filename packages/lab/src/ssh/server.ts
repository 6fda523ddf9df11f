// The node's SSH door: root by password or key, exec only; every command goes to the lab's own small shell.

import { timingSafeEqual } from "node:crypto";
import net from "node:net";
import { PassThrough } from "node:stream";
import ssh2, { type AuthContext, type Connection, type ServerChannel } from "ssh2";
import type { Core } from "../core";
import { collect } from "../streams";
import type { HostKey } from "./host-key";
import { publicBlob } from "./host-key";
import type { NodeShell } from "./node-shell";

/** Input that a command has not read yet. */
const inputLimitBytes = 16 * 1024 ** 2;

export interface SshEndpoint {
  port: number;
  setHostKey(key: HostKey): void;
  cut: () => void;
  close(): Promise<void>;
}

export interface SshUser {
  name: string;
  password: string;
  /** OpenSSH text; its public half may sign in. */
  privateKey: string;
}

export async function openSshEndpoint(
  core: Core,
  shell: NodeShell,
  options: { port: number; hostKey: HostKey; user: SshUser },
): Promise<SshEndpoint> {
  const sockets = new Set<net.Socket>();
  const serverWith = (key: HostKey) =>
    new ssh2.Server({ hostKeys: [key.privateKey], ident: "OpenSSH_9.2p1" }, (client) => attend(client));

  function attend(client: Connection): void {
    client.on("error", () => client.end());
    client.on("authentication", (context) => {
      if (signsIn(context, options.user)) context.accept();
      else context.reject(["publickey", "password"]);
    });
    client.on("session", (accept) => {
      const session = accept();
      session.on("exec", (acceptExec, _reject, info) => void run(acceptExec(), info.command, client));
    });
  }

  async function run(channel: ServerChannel, command: string, client: Connection): Promise<void> {
    const abort = new AbortController();
    channel.on("close", () => abort.abort(new Error("the SSH session ended")));
    channel.on("error", () => abort.abort(new Error("the SSH session broke")));
    // Read on whatever the command does: a channel that nobody reads does not tell that it was closed.
    const input = channel.pipe(new PassThrough({ highWaterMark: inputLimitBytes }));
    let read: Promise<Buffer> | undefined;
    try {
      const code = await shell.run(command, {
        stream: input,
        stdin: () => (read ??= collect(input)),
        stdout: (bytes) => void (channel.writable && channel.write(bytes)),
        stderr: (bytes) => void (channel.writable && channel.stderr.write(bytes)),
        signal: abort.signal,
        cut: () => client.end(),
      });
      if (abort.signal.aborted) return;
      channel.exit(code);
      channel.end();
    } catch (failure) {
      if (abort.signal.aborted) return;
      channel.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
      channel.exit(255);
      channel.end();
    }
  }

  let server = serverWith(options.hostKey);
  const tcp = net.createServer((socket) => {
    const now = core.clock.now();
    if (now < core.faults.sshRefusedUntil || now < core.faults.unreachableUntil) {
      socket.destroy();
      return;
    }
    // Small packets in turn: without it every round trip waits for a delayed acknowledgement.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    server.injectSocket(socket);
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once("error", reject);
    tcp.listen(options.port, "127.0.0.1", resolve);
  });
  const address = tcp.address();
  const cut = () => sockets.forEach((socket) => socket.destroy());

  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    setHostKey(key) {
      server = serverWith(key);
      cut();
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        tcp.close(() => resolve());
        cut();
      }),
  };
}

function signsIn(context: AuthContext, user: SshUser): boolean {
  if (context.username !== user.name) return false;
  if (context.method === "password") return same(Buffer.from(context.password), Buffer.from(user.password));
  if (context.method !== "publickey") return false;
  if (!same(context.key.data, publicBlob(user.privateKey))) return false;
  const parsed = ssh2.utils.parseKey(user.privateKey);
  if (parsed instanceof Error) return false;
  // Without a signature the client only asks whether this key would do.
  if (context.signature === undefined || context.blob === undefined) return true;
  return parsed.verify(context.blob, context.signature, context.hashAlgo) === true;
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
