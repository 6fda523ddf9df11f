// Signed heads of the audit log: the newest entry at a moment, under a key that the database has not. Whoever writes the database can change an
// entry and compute every hash behind it anew; a signature over what stood there before cannot be made so.
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { AuditBeginning, AuditHead } from "./generated/client";
import type { SealingKeys } from "./sealing";

export type { AuditHead };
/** Up to which head the oldest entries were dropped. */
type Beginning = Omit<AuditBeginning, "only">;

export interface HeadSigner {
  /** Ed25519, with the current key. */
  sign(head: Omit<AuditHead, "key" | "signature">): AuditHead;
  /** False for a head that was altered, or signed by anybody else. */
  isGenuine(head: AuditHead): boolean;
  signBeginning(head: AuditHead, droppedAt: Date): Beginning;
  /** False also where the head that it names is not genuine. */
  isGenuineBeginning(beginning: Beginning, head: AuditHead): boolean;
}

/** The keys are derived from those that seal secrets, so that there is no second file to back up. */
export function createHeadSigner({ current, keys }: SealingKeys): HeadSigner {
  const signing = new Map(Object.entries(keys).map(([version, key]) => [version, signingKey(key)]));
  const signatureOf = (statement: Buffer): string => {
    const key = signing.get(current);
    if (key === undefined) throw new Error(`sealing key ${current} is not there`);
    return sign(null, statement, key).toString("base64");
  };
  const isSigned = (statement: () => Buffer, by: { key: string; signature: string }): boolean => {
    const key = signing.get(by.key);
    if (key === undefined) return false;
    try {
      return verify(null, statement(), createPublicKey(key), Buffer.from(by.signature, "base64"));
    } catch {
      return false; // a time that is none
    }
  };
  const isGenuine = (head: AuditHead): boolean => isSigned(() => statementOf(head), head);
  return {
    sign(head) {
      const whole = { ...head, key: current };
      return { ...whole, signature: signatureOf(statementOf(whole)) };
    },
    isGenuine,
    signBeginning(head, droppedAt) {
      const signature = signatureOf(beginningOf(head, { droppedAt, key: current }));
      return { number: head.number, droppedAt, key: current, signature };
    },
    isGenuineBeginning: (beginning, head) =>
      head.number === beginning.number && isGenuine(head) && isSigned(() => beginningOf(head, beginning), beginning),
  };
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes: RFC 8410, section 7. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

function signingKey(sealingKey: Buffer): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", sealingKey, "", "homeport audit head", 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** A line for each field: none of them holds a line feed. */
function statementOf(head: Omit<AuditHead, "signature">): Buffer {
  const { number, entryId, entryHash, entryAt, signedAt, previousSignature, key } = head;
  const fields = [number, entryId, entryHash, entryAt.toISOString(), signedAt.toISOString(), previousSignature, key];
  return Buffer.from(["homeport audit head 1", ...fields.map(String)].join("\n"));
}

function beginningOf(head: AuditHead, { droppedAt, key }: Pick<Beginning, "droppedAt" | "key">): Buffer {
  return Buffer.from(
    ["homeport audit beginning 1", head.number, head.signature, droppedAt.toISOString(), key].join("\n"),
  );
}

/** What is remembered outside of the database, where who writes the database can neither take it back nor write it. */
export interface AuditMemory {
  /** The newest head. */
  head: RememberedHead;
  /** When the whole log was last read. */
  wholeAt: Date;
}

export interface HeadMemory {
  /** Null: nothing yet. Throws for what cannot be read. */
  read(): AuditMemory | null;
  write(memory: AuditMemory): Promise<void>;
}

export type RememberedHead = Pick<AuditHead, "number" | "entryId" | "entryHash" | "entryAt" | "signature">;

export function headFile(file: string): HeadMemory {
  return {
    read() {
      try {
        return parsed(JSON.parse(readFileSync(file, "utf8")) as Partial<Record<string, string | number>>);
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw new Error(`${file}, which remembers the newest signed head of the audit log, cannot be read`, {
          cause: error,
        });
      }
    },
    async write({ head: { number, entryId, entryHash, entryAt, signature }, wholeAt }) {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const aside = `${file}.${process.pid}.new`;
      const kept = { number, entryId: String(entryId), entryHash, entryAt, signature, wholeAt };
      try {
        const handle = await open(aside, "w", 0o600);
        try {
          await handle.writeFile(`${JSON.stringify(kept, null, 2)}\n`);
          await handle.sync(); // whole after a power loss, too
        } finally {
          await handle.close();
        }
        await rename(aside, file);
      } finally {
        await rm(aside, { force: true });
      }
    },
  };
}

function parsed(kept: Partial<Record<string, string | number>>): AuditMemory {
  const text = (name: string): string => {
    const value = kept[name];
    if (typeof value !== "string") throw new Error(`${name} is not there`);
    return value;
  };
  const time = (name: string): Date => {
    const at = new Date(text(name));
    if (Number.isNaN(at.getTime())) throw new Error(`${name} is no time`);
    return at;
  };
  const { number } = kept;
  if (typeof number !== "number" || !Number.isInteger(number)) throw new Error("number is no number");
  return {
    head: {
      number,
      entryId: BigInt(text("entryId")),
      entryHash: text("entryHash"),
      entryAt: time("entryAt"),
      signature: text("signature"),
    },
    wholeAt: time("wholeAt"),
  };
}
