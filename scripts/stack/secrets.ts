// The secrets that the launcher makes: the key that seals credentials, the demo person's password, and their one-time sign-in.
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Home } from "./paths";
import { createDb } from "../../prisma/src/client";
import { readKeys, SealingKeysError } from "../../prisma/src/sealing";
import { checkKeys, hasSealed } from "../../prisma/src/sealing-check";
import { readJson, writeAtomically } from "./processes";

export interface DemoSignIn {
  email: string;
  password: string;
  /** Of the last start: signs in once. */
  link?: string;
}

/** Before our own PostgreSQL is made: its keys (0600) are there first. Throws when they are gone although it is there. */
export function prepareSealingKeys(home: Home): void {
  if (existsSync(home.sealingKeys)) return;
  if (existsSync(path.join(home.postgres, "data"))) {
    throw new SealingKeysError(
      `The sealing key ${home.sealingKeys} is gone, and with it every stored credential. Put it back from a backup, or start over with \`npm start -- --fresh\`.`,
    );
  }
  makeSealingKeys(home);
}

/** Once there is a database: the keys must open what it holds. Only for one without any secret they are made. */
export async function checkSealingKeys(home: Home, databaseUrl: string): Promise<void> {
  const db = createDb(databaseUrl, { max: 1 });
  try {
    if (existsSync(home.sealingKeys) || (await hasSealed(db)))
      await checkKeys(db, readKeys(home.sealingKeys), home.sealingKeys);
    else makeSealingKeys(home);
  } finally {
    await db.$disconnect();
  }
}

/** Never over old ones: what was sealed with a lost key is lost. */
function makeSealingKeys(home: Home): void {
  writeAtomically(home.sealingKeys, { current: "k1", keys: { k1: randomBytes(32).toString("base64") } });
}

/** The demo person's sign-in, kept in a 0600 file. */
export function ensureDemo(home: Home): DemoSignIn {
  const kept = readJson<DemoSignIn>(home.demo);
  if (kept) return kept;
  const demo = { email: "demo@homeport.local", password: randomBytes(12).toString("base64url") };
  writeAtomically(home.demo, demo);
  return demo;
}

/**
 * A new address that signs the demo person in once; an older one is of no more use. The dashboard compares its token with the
 * hash in `demoToken` and deletes that file when it takes it. Both files are 0600.
 */
export function newDemoLink(home: Home, publicUrl: string): string {
  const token = randomBytes(24).toString("base64url");
  writeAtomically(home.demoToken, { sha256: createHash("sha256").update(token).digest("hex") });
  // Behind a "#": no server, proxy or log gets to see it.
  const link = `${publicUrl}/sign-in#demo=${token}`;
  writeAtomically(home.demo, { ...ensureDemo(home), link });
  return link;
}
