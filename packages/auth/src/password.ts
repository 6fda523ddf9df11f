// Passwords as Argon2id hashes, with the same work done for an account that does not exist.
import { hash, verify } from "@node-rs/argon2";

/** Argon2id (2: the package's enum cannot be imported by isolated modules), at the cost of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), options);
}

/** One keyboard sends "é" as one character, another as two: both are the same password (NIST SP 800-63B, 5.1.1.2). */
function normalized(password: string): string {
  return password.normalize("NFKC");
}

let decoy: Promise<string> | undefined;

/** Whether `password` belongs to `stored`. Without one it works as long and says no, so that timing names no accounts. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("no account has this hash");
  const against = stored ?? (await decoy);
  let matches = await verify(against, normalized(password));
  // A hash of before passwords were normalized is of what was typed.
  if (!matches && normalized(password) !== password) matches = await verify(against, password);
  return stored !== undefined && matches;
}
