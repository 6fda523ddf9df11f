// The two secrets that the first start makes: the key that seals credentials, and the demo person's password.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Home } from "./paths";
import { readJson, writeAtomically } from "./processes";

export interface DemoSignIn {
  email: string;
  password: string;
}

/** Makes the sealing key file (0600) once. What was sealed with a lost key is lost, so it is never replaced. */
export function ensureSealingKeys(home: Home): void {
  if (existsSync(home.sealingKeys)) return;
  if (existsSync(path.join(home.postgres, "data"))) {
    throw new Error(`The sealing key ${home.sealingKeys} is gone, and with it every stored credential. Put it back from a backup, or begin anew with \`npm start -- --fresh\`.`);
  }
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
