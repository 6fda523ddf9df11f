// Users, API tokens, roles and ACLs of the node, kept in one file.

import { randomUUID } from "node:crypto";
import { readJson, writeJson } from "../persist";
import type { Release } from "../version";
import { builtinRoles } from "./privileges";

export interface AclEntry {
  path: string;
  /** `user@realm` or the full token id `user@realm!name`. */
  authid: string;
  role: string;
  propagate: boolean;
}

interface Token {
  secret: string;
  privsep: boolean;
  /** Seconds since the epoch; 0 = never. */
  expire: number;
  revoked: boolean;
}

interface User {
  enabled: boolean;
}

interface Kept {
  users: Record<string, User>;
  tokens: Record<string, Token>;
  roles: Record<string, string[]>;
  acl: AclEntry[];
}

export interface Access {
  addUser(userid: string): void;
  isEnabled(userid: string): boolean;
  users(): { userid: string; enabled: boolean; tokens: { name: string; privsep: boolean; expire: number }[] }[];
  /** Built-in ones are `special`. */
  roles(): { role: string; privileges: readonly string[]; special: boolean }[];
  /** The pool that `/vms/<id>` or `/storage/<name>` belongs to. */
  poolOf(path: string): string | undefined;
  setUserEnabled(userid: string, enabled: boolean): void;
  /** Makes or replaces a token and answers its secret. */
  addToken(tokenid: string, options?: { privsep?: boolean; secret?: string; expire?: number }): string;
  /** A revoked token is refused until it is restored; its ACLs stay. */
  setTokenRevoked(tokenid: string, revoked: boolean): void;
  addRole(role: string, privileges: readonly string[]): void;
  setAcl(entry: { path: string; authid: string; role: string; propagate?: boolean }): void;
  removeAcl(path: string): void;
  deleteAcl(entry: { path: string; authid: string; role: string }): void;
  hasUser(userid: string): boolean;
  hasRole(role: string): boolean;
  /** Names of a user's tokens. */
  tokensOf(userid: string): string[];
  /** Whether this token with this secret may enter now. */
  verifies(tokenid: string, secret: string, nowMs: number): boolean;
  token(tokenid: string): Readonly<Token> | undefined;
  privilegesOf(role: string): readonly string[];
  readonly acl: readonly AclEntry[];
}

export function openAccess(file: string, release: Release, poolOf: Access["poolOf"] = () => undefined): Access {
  const builtin = builtinRoles(release);
  const kept = readJson<Kept>(file) ?? { users: { "root@pam": { enabled: true } }, tokens: {}, roles: {}, acl: [] };
  const save = () => writeJson(file, kept);

  return {
    poolOf,
    isEnabled: (userid) => Object.hasOwn(kept.users, userid) && kept.users[userid]?.enabled === true,
    users: () =>
      Object.entries(kept.users).map(([userid, { enabled }]) => ({
        userid,
        enabled,
        tokens: Object.entries(kept.tokens)
          .filter(([tokenid]) => tokenid.startsWith(`${userid}!`))
          .map(([tokenid, { privsep, expire }]) => ({ name: tokenid.slice(userid.length + 1), privsep, expire })),
      })),
    roles: () => [
      ...Object.entries(builtin).map(([role, privileges]) => ({ role, privileges, special: true })),
      ...Object.entries(kept.roles).map(([role, privileges]) => ({ role, privileges, special: false })),
    ],
    addUser(userid) {
      kept.users[userid] = { enabled: true };
      save();
    },
    setUserEnabled(userid, enabled) {
      kept.users[userid] = { enabled };
      save();
    },
    addToken(tokenid, options = {}) {
      const secret = options.secret ?? randomUUID();
      kept.tokens[tokenid] = { secret, privsep: options.privsep ?? true, expire: options.expire ?? 0, revoked: false };
      save();
      return secret;
    },
    setTokenRevoked(tokenid, revoked) {
      const token = kept.tokens[tokenid];
      if (token === undefined) throw new Error(`no such token '${tokenid}'`);
      token.revoked = revoked;
      save();
    },
    addRole(role, privileges) {
      const known = builtin["Administrator"] ?? [];
      const unknown = privileges.find((privilege) => !known.includes(privilege));
      if (unknown !== undefined) throw new Error(`invalid format - invalid privilege '${unknown}'`);
      kept.roles[role] = [...privileges];
      save();
    },
    setAcl({ path, authid, role, propagate = true }) {
      kept.acl = kept.acl.filter((entry) => !(entry.path === path && entry.authid === authid && entry.role === role));
      kept.acl.push({ path, authid, role, propagate });
      save();
    },
    removeAcl(path) {
      kept.acl = kept.acl.filter((entry) => entry.path !== path);
      save();
    },
    deleteAcl({ path, authid, role }) {
      kept.acl = kept.acl.filter((entry) => !(entry.path === path && entry.authid === authid && entry.role === role));
      save();
    },
    hasUser: (userid) => kept.users[userid] !== undefined,
    hasRole: (role) => (kept.roles[role] ?? builtin[role]) !== undefined,
    tokensOf: (userid) =>
      Object.keys(kept.tokens)
        .filter((id) => id.startsWith(`${userid}!`))
        .map((id) => id.slice(userid.length + 1)),
    verifies(tokenid, secret, nowMs) {
      const token = kept.tokens[tokenid];
      if (token === undefined || token.revoked || token.secret !== secret) return false;
      if (token.expire !== 0 && token.expire * 1000 < nowMs) return false;
      return kept.users[tokenid.split("!")[0] ?? ""]?.enabled === true;
    },
    token: (tokenid) => kept.tokens[tokenid],
    privilegesOf: (role) => kept.roles[role] ?? builtin[role] ?? [],
    get acl() {
      return kept.acl;
    },
  };
}
