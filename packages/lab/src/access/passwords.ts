// Passwords of the node's users: what POST /access/ticket compares. Kept as salted hashes.

import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { readJson, writeJson } from "../persist";

export interface Passwords {
  set(userid: string, password: string): void;
  verifies(userid: string, password: string): boolean;
}

export function openPasswords(path: string): Passwords {
  const kept = new Map(Object.entries(readJson<Record<string, { salt: string; hash: string }>>(path) ?? {}));
  const hashOf = (password: string, salt: string) => scryptSync(password, salt, 32, { N: 1024 });
  return {
    set(userid, password) {
      const salt = randomBytes(12).toString("hex");
      kept.set(userid, { salt, hash: hashOf(password, salt).toString("hex") });
      writeJson(path, Object.fromEntries(kept));
    },
    verifies(userid, password) {
      const found = kept.get(userid);
      return found !== undefined && timingSafeEqual(hashOf(password, found.salt), Buffer.from(found.hash, "hex"));
    },
  };
}
