// A host is known by the SHA-256 of its public key, written the way ssh-keygen does.
import { createHash } from "node:crypto";

/** `SHA256:…` of a public key blob. */
export function hostKeyFingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** `ssh-ed25519`, …: the first field of the blob (RFC 4253, 6.6). */
export function hostKeyType(blob: Buffer): string {
  return blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("latin1");
}
