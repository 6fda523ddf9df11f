// openssl and ssh-keygen, as far as they print fingerprints of what is piped into them.

import { createHash, X509Certificate } from "node:crypto";
import type { Io } from "../shell/run";

/** `openssl x509 -noout -fingerprint -sha256`: of the first certificate that comes in. */
export async function openssl(args: readonly string[], io: Io): Promise<number> {
  const text = (await io.stdin()).toString("utf8");
  const first = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(text)?.[0];
  if (args.join(" ") !== "x509 -noout -fingerprint -sha256" || first === undefined) {
    io.stderr(Buffer.from("Could not find certificate from <stdin>\n"));
    return 1;
  }
  io.stdout(Buffer.from(`sha256 Fingerprint=${new X509Certificate(first).fingerprint256}\n`));
  return 0;
}

/** `ssh-keygen -lf -`: a line for each public key. */
export async function sshKeygen(args: readonly string[], io: Io): Promise<number> {
  const keys = (await io.stdin())
    .toString("utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, blob]) => blob !== undefined);
  if (args.join(" ") !== "-lf -" || keys.length === 0) {
    io.stderr(Buffer.from("(stdin) is not a public key file.\n"));
    return 255;
  }
  for (const [, blob = "", comment = "no comment"] of keys) {
    const hash = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64").replace(/=+$/, "");
    io.stdout(Buffer.from(`256 SHA256:${hash} ${comment} (ED25519)\n`));
  }
  return 0;
}
