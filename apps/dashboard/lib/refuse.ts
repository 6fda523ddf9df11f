// The dashboard does not run without the keys, or with keys that are not its database's: every secret would be a failure later.
import type { Db } from "@homeport/db/client";
import { isSealingKeysError, readKeys } from "@homeport/db/sealing";
import { checkKeys, REFUSED_EXIT_CODE } from "@homeport/db/sealing-check";

const AGAIN_MS = 5_000;

/** At the start: the file is there and whole. */
export function requireKeys(): void {
  const file = process.env.HOMEPORT_KEY_FILE;
  if (file === undefined || file === "" || process.env.NEXT_PHASE === "phase-production-build") return; // `env()` says so at the first request
  try {
    readKeys(file);
  } catch (error) {
    refuse(error);
  }
}

/** With the database at hand, and as soon as it answers: they open what it holds. */
export function requireKeysOf(db: Db, file: string, keys = readKeys(file)): void {
  checkKeys(db, keys, file).catch((error: unknown) => {
    if (isSealingKeysError(error)) refuse(error);
    setTimeout(() => {
      requireKeysOf(db, file, keys);
    }, AGAIN_MS).unref();
  });
}

function refuse(error: unknown): never {
  if (!isSealingKeysError(error)) throw error;
  process.stdout.write(`${JSON.stringify({ event: "refused", reason: error.message })}\n`);
  process.exit(REFUSED_EXIT_CODE);
}
