// A real SSH server for our tests: it signs people in as told and runs their commands with a real `sh`.
import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import ssh2, { type AuthContext, type Connection, type KeyboardAuthContext, type ServerChannel } from "ssh2";
import { hostKeyFingerprint } from "./host-key";

export interface TestServer {
  port: number;
  /** `SHA256:…` */
  hostKey: string;
  /** Methods of every sign-in that was tried. */
  attempts: string[];
  /** Commands as the host received them. */
  commands: string[];
  /** How many commands run now. */
  running(): number;
  /** Signals that clients sent to their commands; ssh2's server drops those that come after the end of standard input. */
  signals: string[];
  /** Cuts every connection without a goodbye. */
  drop(): void;
  close(): Promise<void>;
}

export interface TestServerOptions {
  password?: string;
  /** Public key in OpenSSH form that may sign in. */
  publicKey?: string;
  /** The login shell, run with -c and the command; default `sh`. */
  shell?: string;
  /** What it offers after a refusal; default: password and publickey. */
  offers?: ("password" | "publickey" | "keyboard-interactive")[];
  /** Rounds of questions that it asks through keyboard-interactive; the last answer is never right. With a right password or key before: a second factor. */
  questions?: string[][];
  /** Environment of the commands. */
  env?: NodeJS.ProcessEnv;
  /** Decides when an asked-for command is begun; the client waits meanwhile. */
  beforeExec?: () => Promise<void>;
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const pair = newKeyPair();
  const connections = new Set<Connection>();
  const commandsRunning = new Set<() => void>();
  const attempts: string[] = [];
  const commands: string[] = [];
  const signals: string[] = [];
  const server = new ssh2.Server({ hostKeys: [pair.private] }, (connection) => {
    connections.add(connection);
    connection.on("error", () => undefined); // a client that leaves mid-sentence
    connection.on("close", () => connections.delete(connection));
    connection.on("authentication", (context) => {
      if (context.method !== "none") attempts.push(context.method);
      const offers = options.offers ?? ["password", "publickey"];
      if (context.method === "keyboard-interactive")
        ask(context, options.questions ?? [], () => {
          context.reject(offers);
        });
      else if (!isWelcome(context, options)) context.reject(offers);
      else if (options.questions === undefined) context.accept();
      // A key is asked about before it signs.
      else if (context.method === "publickey" && !context.signature) context.accept();
      else context.reject(["keyboard-interactive"], true);
    });
    connection.on("session", (acceptSession) => {
      const session = acceptSession();
      session.on("signal", (accept, _reject, info) => {
        signals.push(info.name);
        accept?.();
      });
      session.on("exec", (acceptExec, _reject, info) => {
        commands.push(info.command);
        void (options.beforeExec?.() ?? Promise.resolve()).then(() => {
          const channel = acceptExec();
          const kill = run(channel, info.command, {
            env: options.env,
            shell: options.shell,
            onEnd: () => commandsRunning.delete(kill),
          });
          commandsRunning.add(kill);
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = (): void => {
    for (const connection of connections) connection.end();
    for (const kill of commandsRunning) kill();
  };
  return {
    port: (server.address() as AddressInfo).port, // the cast: it listens on TCP
    hostKey: hostKeyFingerprint(publicBlob(pair.public)),
    attempts,
    commands,
    signals,
    drop,
    running: () => commandsRunning.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

function isWelcome(context: AuthContext, { password, publicKey }: TestServerOptions): boolean {
  if (context.method === "password") return password !== undefined && context.password === password;
  if (context.method !== "publickey" || publicKey === undefined) return false;
  const parsed = ssh2.utils.parseKey(publicKey);
  if (parsed instanceof Error || !context.key.data.equals(publicBlob(publicKey))) return false;
  // The first question comes without a signature.
  return (
    !context.signature ||
    (context.blob !== undefined && parsed.verify(context.blob, context.signature, context.hashAlgo) === true)
  );
}

function ask(context: KeyboardAuthContext, [round, ...rest]: string[][], refuse: () => void): void {
  if (round === undefined) {
    refuse();
    return;
  }
  context.prompt(
    round.map((prompt) => ({ prompt, echo: false })),
    () => {
      ask(context, rest, refuse);
    },
  );
}

function publicBlob(publicKey: string): Buffer {
  return Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
}

/** Returns what ends the command. */
function run(
  channel: ServerChannel,
  command: string,
  {
    env = process.env,
    shell = "sh",
    onEnd,
  }: { env: NodeJS.ProcessEnv | undefined; shell: string | undefined; onEnd: () => void },
): () => void {
  const child = spawn(shell, ["-c", command], { env, detached: true });
  const kill = (): void => {
    try {
      // The group: a shell's children hold its pipes open.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  };
  channel.pipe(child.stdin);
  child.stdin.on("error", () => undefined); // a command that does not read
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on("close", (code, signal) => {
    onEnd();
    if (signal) channel.exit(signal.replace(/^SIG/, ""), false, "");
    else channel.exit(code ?? 0);
    channel.end();
  });
  channel.on("close", () => {
    if (child.exitCode === null && child.signalCode === null) kill();
  });
  return kill;
}

/** About one in 256 keys that ssh2 1.17 makes cannot be read by itself (it drops a leading zero byte): those are thrown away. */
export function newKeyPair(): { private: string; public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
