// The node's self-signed certificate, made once and kept.

import { X509Certificate } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { readJson, writeJson } from "../persist";

export interface Certificate {
  cert: string;
  key: string;
  /** SHA-256, `AA:BB:…`. */
  fingerprint: string;
}

export async function openCertificate(stateDir: string, node: string): Promise<Certificate> {
  const file = join(stateDir, "certificate.json");
  const kept = readJson<{ cert: string; key: string }>(file);
  if (kept !== undefined) return withFingerprint(kept);
  const made = await generate(
    [
      { name: "commonName", value: node },
      { name: "organizationName", value: "Homeport lab" },
    ],
    {
      keyType: "ec",
      algorithm: "sha256",
      notBeforeDate: new Date(Date.now() - 86_400_000),
      notAfterDate: new Date(Date.now() + 730 * 86_400_000),
      extensions: [
        {
          name: "subjectAltName",
          altNames: [
            { type: 7, ip: "127.0.0.1" },
            { type: 7, ip: "::1" },
            { type: 2, value: "localhost" },
            { type: 2, value: node },
          ],
        },
      ],
    },
  );
  const fresh = { cert: made.cert, key: made.private };
  writeJson(file, fresh);
  return withFingerprint(fresh);
}

/** The next openCertificate makes another one. */
export function forgetCertificate(stateDir: string): void {
  rmSync(join(stateDir, "certificate.json"), { force: true });
}

function withFingerprint(pair: { cert: string; key: string }): Certificate {
  return { ...pair, fingerprint: new X509Certificate(pair.cert).fingerprint256 };
}
