// A private key in a form that ssh2 reads: OpenSSH and the older PEM forms as they are, PKCS#8 converted.
import { createPrivateKey, randomBytes, type KeyObject } from "node:crypto";
import ssh2 from "ssh2";
import { SshError } from "./ssh-error";

/** Throws SshError of kind "auth" with the reason; no part of the key is in it. */
export function usablePrivateKey(text: string): string {
  const key = /-----BEGIN PRIVATE KEY-----/.test(text) ? convert(text) : text;
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error)
    throw unreadable(/encrypted|passphrase/i.test(parsed.message) ? "key_passphrase" : "key_unreadable", parsed);
  if (!parsed.isPrivateKey()) throw unreadable("key_unreadable");
  return key;
}

function unreadable(auth: "key_passphrase" | "key_unreadable", cause?: unknown): SshError {
  return new SshError(
    "auth",
    auth === "key_passphrase" ? "The private key has a passphrase." : "The private key cannot be read.",
    { auth, cause },
  );
}

function convert(text: string): string {
  const key = readPkcs8(text);
  if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs1", format: "pem" }).toString();
  if (key.asymmetricKeyType === "ec") return key.export({ type: "sec1", format: "pem" }).toString();
  if (key.asymmetricKeyType === "ed25519") return openSshEd25519(key);
  throw unreadable("key_unreadable");
}

function readPkcs8(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw unreadable("key_unreadable", cause);
  }
}

/** Ed25519 has no older PEM form, so it becomes OpenSSH's own (OpenSSH, PROTOCOL.key), which Node does not write. */
function openSshEd25519(key: KeyObject): string {
  const { d = "", x = "" } = key.export({ format: "jwk" });
  const [seed, publicKey] = [Buffer.from(d, "base64url"), Buffer.from(x, "base64url")];
  const type = "ssh-ed25519";
  const check = randomBytes(4);
  const inner = Buffer.concat([
    check,
    check,
    string(type),
    string(publicKey),
    string(Buffer.concat([seed, publicKey])),
    string(""),
  ]);
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, index) => index + 1));
  const blob = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    string("none"),
    string("none"),
    string(""),
    uint32(1),
    string(Buffer.concat([string(type), string(publicKey)])),
    string(Buffer.concat([inner, padding])),
  ]);
  return [
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    ...(blob.toString("base64").match(/.{1,70}/g) ?? []),
    "-----END OPENSSH PRIVATE KEY-----",
    "",
  ].join("\n");
}

function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
