// What a connection to a node depends on, as one string: when it differs, the connection is made anew.
import { createHash } from "node:crypto";

interface Reachable {
  host: string;
  port: number;
  sshPort: number;
  sshUser: string | null;
  tokenId: string;
  tokenSecret: string;
  sshPassword: string | null;
  sshPrivateKey: string | null;
  tlsFingerprint: string | null;
  sshHostKey: string | null;
}

/** Sealed values only; hashed, as it is kept in memory for long. */
export function pinsOf(node: Reachable): string {
  const { host, port, sshPort, sshUser, tokenId, tokenSecret, sshPassword, sshPrivateKey, tlsFingerprint, sshHostKey } =
    node;
  return createHash("sha256")
    .update(
      JSON.stringify([
        host,
        port,
        sshPort,
        sshUser,
        tokenId,
        tokenSecret,
        sshPassword,
        sshPrivateKey,
        tlsFingerprint,
        sshHostKey,
      ]),
    )
    .digest("hex");
}
