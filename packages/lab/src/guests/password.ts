// Passwords as a container's /etc/shadow keeps them.

import { createHash, randomBytes } from "node:crypto";
import { spawnSync } from "node:child_process";

/** A value already in crypt(3) form is kept; else SHA-512-crypt. */
export function hashPassword(password: string): string {
  if (/^\$(1|2[axy]?|5|6)\$/.test(password)) return password;
  const salt = randomBytes(6).toString("hex");
  const made = spawnSync("openssl", ["passwd", "-6", "-salt", salt, "-stdin"], { input: password, encoding: "utf8" });
  if (made.status === 0) return made.stdout.trim();
  // Without openssl the memory backend still needs a value that nobody can sign in with.
  return `$6$${salt}$${createHash("sha512")
    .update(salt + password)
    .digest("base64")
    .slice(0, 86)}`;
}
