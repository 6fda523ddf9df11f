// Signed heads of the audit log: the newest entry at a moment, under a key that the database has not. Whoever writes the database can change an
// entry and compute every hash behind it anew; a signature over what stood there before cannot be made so.
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import type { AuditHead } from "./generated/client";
import type { SealingKeys } from "./sealing";

export type { AuditHead };

export interface HeadSigner {
  /** Ed25519, with the current key. */
  sign(head: Omit<AuditHead, "key" | "signature">): AuditHead;
  /** False for a head that was altered, or signed by anybody else. */
  isGenuine(head: AuditHead): boolean;
}

/** The keys are derived from those that seal secrets, so that there is no second file to back up. */
export function createHeadSigner({ current, keys }: SealingKeys): HeadSigner {
  const signing = new Map(Object.entries(keys).map(([version, key]) => [version, signingKey(key)]));
  return {
    sign(head) {
      const key = signing.get(current);
      if (key === undefined) throw new Error(`sealing key ${current} is not there`);
      const whole = { ...head, key: current };
      return { ...whole, signature: sign(null, statement(whole), key).toString("base64") };
    },
    isGenuine(head) {
      const key = signing.get(head.key);
      return (
        key !== undefined && verify(null, statement(head), createPublicKey(key), Buffer.from(head.signature, "base64"))
      );
    },
  };
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes: RFC 8410, section 7. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

function signingKey(sealingKey: Buffer): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", sealingKey, "", "homeport audit head", 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** A line for each field: none of them holds a line feed. */
function statement(head: Omit<AuditHead, "signature">): Buffer {
  const { number, entryId, entryHash, entryAt, signedAt, previousSignature, key } = head;
  const fields = [number, entryId, entryHash, entryAt.toISOString(), signedAt.toISOString(), previousSignature, key];
  return Buffer.from(["homeport audit head 1", ...fields.map(String)].join("\n"));
}

/** What is remembered of the newest head outside of the database, where who writes the database cannot take it back. */
export interface HeadMemory {
  /** Null: nothing yet. Throws for what cannot be read. */
  read(): RememberedHead | null;
  write(head: RememberedHead): Promise<void>;
}

export type RememberedHead = Pick<AuditHead, "number" | "entryId" | "entryHash" | "entryAt" | "signature">;

export function headFile(file: string): HeadMemory {
  return {
    read() {
      try {
        const kept = JSON.parse(readFileSync(file, "utf8")) as Record<keyof RememberedHead, string>;
        return {
          number: Number(kept.number),
          entryId: BigInt(kept.entryId),
          entryHash: kept.entryHash,
          entryAt: new Date(kept.entryAt),
          signature: kept.signature,
        };
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw new Error(`${file}, which remembers the newest signed head of the audit log, cannot be read`, {
          cause: error,
        });
      }
    },
    async write({ number, entryId, entryHash, entryAt, signature }) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const aside = `${file}.${process.pid}.new`;
      const text = JSON.stringify({ number, entryId: String(entryId), entryHash, entryAt, signature }, null, 2);
      const handle = await open(aside, "w", 0o600);
      try {
        await handle.writeFile(`${text}\n`);
        await handle.sync(); // whole after a power loss, too
      } finally {
        await handle.close();
      }
      await rename(aside, file);
    },
  };
}
