// Secrets at rest: AES-256-GCM, bound to their row and column, so that a sealed value copied elsewhere does not open.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

/** Where a sealed value lives. It is authenticated with the value: another row or column will not open it. */
export interface Place {
  table: "ProxmoxNode" | "ContainerService" | "Mail" | "SecondFactor";
  row: string;
  column: string;
}

export interface Vault {
  seal(place: Place, plain: string): string;
  /** Throws when the key is missing, the value was altered, or it was sealed for another place. */
  open(place: Place, sealed: string): string;
  /** A key of its own for what is signed and not sealed; another one once the keys were rotated. */
  keyFor(purpose: string): Buffer;
}

export interface SealingKeys {
  /** The version that seals from now on. */
  current: string;
  keys: Record<string, Buffer>;
}

/** The keys are not there or not the right ones; `message` says which file and what to do. */
export class SealingKeysError extends Error {
  override readonly name = "SealingKeysError";
}

/** By its name: each bundle of the dashboard has a class of its own, so `instanceof` may be false. */
export function isSealingKeysError(error: unknown): error is SealingKeysError {
  return error instanceof Error && error.name === "SealingKeysError";
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `current` seals; every key of the file opens what it sealed, so that rotation can go row by row. */
export function createVault({ current, keys }: SealingKeys): Vault {
  const keyOf = (version: string): Buffer => {
    const key = keys[version];
    if (key?.length !== KEY_BYTES) throw new Error(`sealing key ${version} is not there`);
    return key;
  };
  keyOf(current);
  return {
    keyFor: (purpose) => Buffer.from(hkdfSync("sha256", keyOf(current), "", `homeport|${purpose}`, KEY_BYTES)),
    seal(place, plain) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", keyOf(current), nonce).setAAD(bound(current, place));
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${current}.${nonce.toString("base64")}.${sealed.toString("base64")}`;
    },
    open(place, value) {
      const [version = "", nonce = "", body = ""] = value.split(".");
      const sealed = Buffer.from(body, "base64");
      const decipher = createDecipheriv("aes-256-gcm", keyOf(version), Buffer.from(nonce, "base64"), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(bound(version, place))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      return decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** Reads the key file made at the first start: `{"current":"k1","keys":{"k1":"<base64>"}}`. Throws a SealingKeysError when there is none. */
export function readKeys(path: string): SealingKeys {
  try {
    const file = JSON.parse(readFileSync(path, "utf8")) as { current: string; keys: Record<string, string> };
    const read = {
      current: file.current,
      keys: Object.fromEntries(
        Object.entries(file.keys).map(([version, key]) => [version, Buffer.from(key, "base64")]),
      ),
    };
    createVault(read);
    return read;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // of a file that cannot be read; others have none
    // Not the cause: a JSON error quotes what it read.
    throw new SealingKeysError(
      `The file of the sealing keys, ${path}, ${keysProblem(code)}. Stored secrets open with nothing else: put it back from the backup that belongs to this database, then start again.`,
    );
  }
}

function keysProblem(code: string | undefined): string {
  if (code === "ENOENT") return "is not there";
  return code === undefined ? "is damaged" : `cannot be read (${code})`;
}

export function readVault(path: string): Vault {
  return createVault(readKeys(path));
}

function bound(version: string, { table, row, column }: Place): Buffer {
  return Buffer.from([version, table, row, column].join("|"));
}
