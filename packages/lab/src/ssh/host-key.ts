// Keys of the node's SSH server and of its one user, made once and kept.

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { textOnce } from "../persist";

export interface HostKey {
  privateKey: string;
  /** `SHA256:…` without padding, as ssh-keygen prints it. */
  fingerprint: string;
}

export function openHostKey(stateDir: string): HostKey {
  const privateKey = textOnce(join(stateDir, "ssh_host_ed25519_key"), newKey);
  const blob = publicBlob(privateKey);
  return { privateKey, fingerprint: `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}` };
}

/** The next openHostKey makes another one. */
export function forgetHostKey(stateDir: string): void {
  rmSync(join(stateDir, "ssh_host_ed25519_key"), { force: true });
}

/** About one in 256 keys that ssh2 1.17 makes cannot be read by itself (it drops a leading zero byte): those are thrown away. */
export function newKey(): string {
  for (;;) {
    const { private: privateKey } = ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(privateKey) instanceof Error)) return privateKey;
  }
}

/** The public half in wire form. */
export function publicBlob(privateKey: string): Buffer {
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return parsed.getPublicSSH();
}
