// Looks at the key of a host before anybody trusts it: the key exchange, and no attempt to sign in.
import { Client } from "ssh2";
import { hostKeyFingerprint, hostKeyType } from "./host-key";
import { SshError } from "./ssh-error";

export interface HostKey {
  /** `SHA256:…`, as ssh-keygen shows it. */
  fingerprint: string;
  /** e.g. `ssh-ed25519` */
  type: string;
}

/** The key that `host:port` shows. Throws `SshError` of kind `unreachable` or `timeout`. */
export function probeHostKey(at: { host: string; port: number; timeoutMs?: number }): Promise<HostKey> {
  const { host, port, timeoutMs = 10_000 } = at;
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", (cause) => {
      const kind = cause.level === "client-timeout" ? "timeout" : "unreachable";
      // Does nothing after the refusal below: the promise is settled by then.
      reject(new SshError(kind, `${host}:${port} did not show a host key: ${cause.message}`, { cause }));
    });
    client.once("close", () =>
      reject(new SshError("unreachable", `${host}:${port} closed the connection without showing a host key.`)),
    );
    const hostVerifier = (blob: Buffer): boolean => {
      resolve({ fingerprint: hostKeyFingerprint(blob), type: hostKeyType(blob) });
      setImmediate(() => client.destroy());
      return false;
    };
    client.connect({ host, port, username: "root", readyTimeout: timeoutMs, hostVerifier });
  });
}
