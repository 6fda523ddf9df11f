// Passwords as Argon2id hashes, with the same work done for an account that does not exist.
import { hash, verify } from "@node-rs/argon2";

/** Argon2id (2: the package's enum cannot be imported by isolated modules), at the cost of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

let decoy: Promise<string> | undefined;

/** Whether `password` belongs to `stored`. Without one it works as long and says no, so that timing names no accounts. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this hash");
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== undefined && matches;
}
