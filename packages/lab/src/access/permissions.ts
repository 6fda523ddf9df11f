// What somebody may do on a path: the rules of PVE/RPCEnvironment.pm and AccessControl.pm `roles`.

import { denied } from "../http/api-error";
import type { Access, AclEntry } from "./access";
import type { Actor } from "./actor";

/** Whose rights are asked for. */
export interface Who {
  access: Access;
  actor: Actor;
}

/** Privilege → propagate flag, effective on `path`. */
export function permissionsOn(access: Access, authid: string, path: string): Map<string, boolean> {
  const [user = "", tokenName] = authid.split("!");
  if (authid === "root@pam") return all(access);
  if (tokenName === undefined) return ofOne(access, authid, path);
  const token = access.token(authid);
  if (token === undefined) return new Map();
  const users = user === "root@pam" ? all(access) : ofOne(access, user, path);
  if (!token.privsep) return users;
  // A privilege-separated token has what it and its user both have, per path.
  return new Map([...ofOne(access, authid, path)].filter(([privilege]) => users.has(privilege)));
}

function all(access: Access): Map<string, boolean> {
  return new Map(access.privilegesOf("Administrator").map((privilege) => [privilege, true]));
}

/** The deepest path with an entry decides; it replaces what came from above. */
function ofOne(access: Access, authid: string, path: string): Map<string, boolean> {
  let found: AclEntry[] = [];
  for (const step of stepsTo(path)) {
    const here = access.acl.filter((entry) => entry.authid === authid && entry.path === step);
    const valid = here.filter((entry) => entry.propagate || step === path);
    if (valid.length > 0) found = valid;
  }
  if (found.some((entry) => entry.role === "NoAccess")) return new Map();
  const own = found.flatMap((entry) => access.privilegesOf(entry.role).map((p) => [p, entry.propagate] as const));
  // Rights on a pool are rights on its members, and go no further down.
  const pool = access.poolOf(path);
  const shared =
    pool === undefined ? [] : [...ofOne(access, authid, `/pool/${pool}`).keys()].map((p) => [p, false] as const);
  return new Map([...shared, ...own]);
}

function stepsTo(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
}

export function has({ access, actor }: Who, path: string, ...privileges: string[]): boolean {
  const held = permissionsOn(access, actor.authid, path);
  return privileges.every((privilege) => held.has(privilege));
}

export function hasAny({ access, actor }: Who, path: string, privileges: readonly string[]): boolean {
  const held = permissionsOn(access, actor.authid, path);
  return privileges.some((privilege) => held.has(privilege));
}

/** Access to a bridge or to one of its VLANs (RPCEnvironment.pm, `check_sdn_bridge`). */
export function hasBridge(
  who: Who,
  { zone, bridge }: { zone: string; bridge: string },
  privileges: readonly string[],
): boolean {
  const path = `/sdn/zones/${zone}/${bridge}`;
  const vlans = who.access.acl.map((entry) => entry.path).filter((at) => at.startsWith(`${path}/`));
  return [path, ...vlans].some((at) => hasAny(who, at, privileges));
}

/** Throws the 403 that names path and privilege. */
export function demand({ access, actor }: Who, path: string, ...privileges: string[]): void {
  const held = permissionsOn(access, actor.authid, path);
  const missing = privileges.filter((privilege) => !held.has(privilege));
  if (missing.length > 0) throw denied(`${path}, ${privileges.join("|")}`);
}

export function demandAny(who: Who, path: string, privileges: readonly string[]): void {
  if (!hasAny(who, path, privileges)) throw denied(`${path}, ${privileges.join("|")}`);
}

const topPaths = ["/", "/access", "/access/groups", "/mapping", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

/** The answer of GET /access/permissions: `{path: {privilege: 0|1}}`; without a path, of the top ones and all that any entry names. */
export function effectivePermissions(
  access: Access,
  authid: string,
  only?: string,
): Record<string, Record<string, 0 | 1>> {
  const named = access.acl.map((entry) => entry.path);
  const paths = only === undefined ? [...new Set([...topPaths, ...named])] : [only];
  const answer: Record<string, Record<string, 0 | 1>> = {};
  for (const path of paths) {
    const held = permissionsOn(access, authid, path);
    if (held.size > 0) answer[path] = Object.fromEntries([...held].map(([name, on]) => [name, on ? 1 : 0]));
  }
  return answer;
}
