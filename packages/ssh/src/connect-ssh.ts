// Signs in to a host whose key is known; to any other host nothing is said about who we are.
import { Client } from "ssh2";
import { exec } from "./exec";
import { hostKeyFingerprint } from "./host-key";
import { usablePrivateKey } from "./private-key";
import { createSignIn, type SignIn } from "./sign-in";
import type { Ssh } from "./ssh";
import { SshError, type SshErrorKind } from "./ssh-error";

export interface SshTarget {
  host: string;
  port: number;
  user: string;
  password?: string | undefined;
  /** OpenSSH or PEM (PKCS#1, PKCS#8, SEC1), not encrypted. */
  privateKey?: string | undefined;
  /** `SHA256:…`, as ssh-keygen shows it. */
  hostKey: string;
}

/** A dead connection is noticed after three of these go unanswered. */
const KEEPALIVE_MS = 10_000;

/** Connects, checks the host key, signs in. `timeoutMs` (default 20 s) covers all of it; `signal` ends only the connecting. */
export function connectSsh(
  target: SshTarget,
  options: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<Ssh> {
  const { timeoutMs = 20_000, signal } = options;
  return new Promise((resolve, reject) => {
    const client = new Client();
    const closed = new Promise<void>((gone) => client.once("close", () => gone()));
    let seenHostKey = "";
    const fail = (error: SshError): void => {
      signal?.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      reject(error);
      client.destroy();
    };
    const onAbort = (): void => fail(new SshError("aborted", "Connecting was aborted."));
    // ssh2's own readyTimeout starts after TCP has connected.
    const timer = setTimeout(
      () => fail(new SshError("timeout", `${at(target)}: no sign-in within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });

    client.once("close", () => fail(new SshError("unreachable", `${at(target)} closed the connection.`)));
    client.once("ready", () => {
      signal?.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      resolve({
        exec: (argv, execOptions) => exec(client, argv, execOptions),
        close: () => close(client, closed),
        closed,
      });
    });
    const hostVerifier = (blob: Buffer): boolean => {
      seenHostKey = hostKeyFingerprint(blob);
      return seenHostKey === target.hostKey;
    };
    try {
      const signIn = createSignIn({
        ...target,
        privateKey: target.privateKey ? usablePrivateKey(target.privateKey) : undefined,
      });
      // Stays for good: an error without a listener would end the process; after the sign-in, `closed` tells the rest.
      client.on("error", (cause) => fail(explain(cause, { target, seenHostKey, signIn })));
      client.on("keyboard-interactive", (...[, , , prompts, answer]) => answer(signIn.answer(prompts)));
      client.connect({
        username: target.user,
        tryKeyboard: true,
        authHandler: signIn.next,
        host: target.host,
        port: target.port,
        readyTimeout: timeoutMs,
        keepaliveInterval: KEEPALIVE_MS,
        keepaliveCountMax: 3,
        hostVerifier,
      });
      // Each exec is several small packets one after the other: waiting to fill them costs some 40 ms each.
      client.setNoDelay(true);
    } catch (cause) {
      // Nobody was asked yet: what can be wrong is the key. ssh2's text does not quote it.
      fail(
        cause instanceof SshError
          ? cause
          : new SshError("auth", "The private key cannot be read.", { auth: "key_unreadable", cause }),
      );
    }
  });
}

function explain(
  cause: Error & { level?: string },
  { target, seenHostKey, signIn }: { target: SshTarget; seenHostKey: string; signIn: SignIn },
): SshError {
  if (seenHostKey && seenHostKey !== target.hostKey) {
    return new SshError("host_key", `${at(target)} showed another host key than the pinned one: ${seenHostKey}.`, {
      seenHostKey,
      cause,
    });
  }
  const kinds: Record<string, SshErrorKind> = { "client-authentication": "auth", "client-timeout": "timeout" };
  const kind = kinds[cause.level ?? ""] ?? "unreachable";
  const text = kind === "auth" ? `refused the sign-in of ${target.user}` : `could not be reached: ${cause.message}`;
  return new SshError(kind, `${at(target)} ${text}.`, { cause, ...(kind === "auth" ? { auth: signIn.reason() } : {}) });
}

function close(client: Client, closed: Promise<void>): void {
  client.end();
  // A host that went away does not answer our goodbye.
  const timer = setTimeout(() => client.destroy(), 1_000);
  timer.unref();
  void closed.then(() => clearTimeout(timer));
}

function at({ host, port }: SshTarget): string {
  return `${host}:${port}`;
}
