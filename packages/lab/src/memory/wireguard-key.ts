// What `wg genkey`, `wg genpsk` and `wg pubkey` answer: real keys, so that a configuration made of them is one (wg(8); RFC 7748).
import { createPrivateKey, createPublicKey, randomBytes } from "node:crypto";
import type { Io } from "../shell/run";

/** PKCS#8 and SPKI of an X25519 key are these bytes and the 32 of the key (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b656e04220420", "hex");
const KEY_BYTES = 32;

export async function wireguardKey(verb: string, io: Io): Promise<number> {
  const print = (key: Buffer): number => (io.stdout(Buffer.from(`${key.toString("base64")}\n`)), 0);
  if (verb === "genkey" || verb === "genpsk") return print(randomBytes(KEY_BYTES));
  if (verb !== "pubkey") return 0;
  const key = Buffer.from((await io.stdin()).toString("latin1").trim(), "base64");
  if (key.length !== KEY_BYTES) {
    io.stderr(Buffer.from("wg: Key is not the correct length or format\n"));
    return 1;
  }
  const publicKey = createPublicKey(
    createPrivateKey({ key: Buffer.concat([PKCS8, key]), format: "der", type: "pkcs8" }),
  );
  return print(publicKey.export({ format: "der", type: "spki" }).subarray(-KEY_BYTES));
}
