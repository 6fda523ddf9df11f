// Who lacks the rights that a token needs, the token or its user, and the one command that gives them.
// A token with privilege separation may do what both it and its user may; one without, what its user may, whatever is
// granted to the token itself (pve-access-control, RPCEnvironment.pm `permissions`).
import { nodeCommands, type Grant } from "./node-commands";
import { missingPrivileges, type Effective, type NeededPrivilege } from "./node-privileges";

export interface TokenRights {
  /** "root@pam" */
  user: string;
  /** "homeport" */
  tokenId: string;
  /** What the token may do. */
  effective: Effective;
  /** What its user may do; null when the token may not ask. */
  ofUser: Effective | null;
  /** Privilege separation; null when the token may not ask. */
  separated: boolean | null;
}

export interface Advice {
  missing: NeededPrivilege[];
  /** Sentences: what is lacked, and by whom as far as that can be known. */
  text: string;
  command: string;
}

/** Undefined: nothing is lacked. */
export function privilegeAdvice(needed: readonly NeededPrivilege[], rights: TokenRights): Advice | undefined {
  const missing = missingPrivileges(needed, rights.effective);
  if (missing.length === 0) return undefined;
  const who = lacking(missing, rights);
  const token = `${rights.user}!${rights.tokenId}`;
  const to = { ...(who === "token" ? {} : { users: rights.user }), ...(who === "user" ? {} : { tokens: token }) };
  const paths = [...new Set(missing.map(({ path }) => path))];
  const grants = paths.map((path): Grant => ({ path, ...roleFor(path, needed, rights), ...to }));
  const lacked = paths
    .map(
      (path) =>
        `${missing
          .filter((one) => one.path === path)
          .map((one) => `${one.privilege} (to ${one.for})`)
          .join(", ")} on ${path}`,
    )
    .join("; ");
  return {
    missing,
    text: `The token ${token} lacks ${lacked}. ${reasons[who](rights.user)}`,
    command: nodeCommands.grant(grants),
  };
}

type Lacking = "token" | "user" | "user-at-least" | "unknown";

/** The same for all of them: a grant too many does nothing, a grant too few mends nothing. */
function lacking(missing: readonly NeededPrivilege[], { user, ofUser, separated }: TokenRights): Lacking {
  if (separated === false) return "user";
  // What the user has and its token has not, the token lacks: only a separated one can.
  if (user === "root@pam" || (ofUser !== null && missingPrivileges(missing, ofUser).length === 0)) return "token";
  return ofUser === null ? "unknown" : "user-at-least";
}

const reasons: Record<Lacking, (user: string) => string> = {
  token: (user) => `Its user ${user} has this, but a token with privilege separation needs it as well.`,
  user: (user) => `A token without privilege separation may do what its user may: ${user} lacks it.`,
  "user-at-least": (user) =>
    `Its user ${user} lacks some of it, and no token may do more than its user: the command grants it to both.`,
  unknown: (user) =>
    `Whether the token lacks it, its user ${user}, or both, this token may not ask: the command grants it to both, which is right in each case.`,
};

/**
 * An entry replaces what was inherited at its path: the role has all that is needed there, and what is held of the same
 * kind already, so that nobody loses a right. The smallest of Proxmox's own (pve-access-control, AccessControl.pm); where
 * each would give far too much, one of ours.
 */
function roleFor(
  path: string,
  needed: readonly NeededPrivilege[],
  { effective, ofUser }: TokenRights,
): Pick<Grant, "role" | "newRole" | "propagate"> {
  const least = needed.filter((one) => one.path === path).map(({ privilege }) => privilege);
  const kinds = new Set(least.map(kindOf));
  const held = [...Object.keys(effective[path] ?? {}), ...Object.keys(ofUser?.[path] ?? {})].filter((privilege) =>
    kinds.has(kindOf(privilege)),
  );
  const role = smallest([...least, ...held]) ?? smallest(least);
  if (role !== undefined) return { role };
  return {
    role: `Homeport${least.map((privilege) => privilege.replaceAll(".", "")).join("")}`,
    newRole: least,
    propagate: false,
  };
}

const kindOf = (privilege: string): string => privilege.split(".")[0] ?? "";
const smallest = (privileges: readonly string[]): string | undefined =>
  builtin.find(({ has }) => privileges.every((privilege) => has.test(privilege)))?.role;

const builtin: readonly { role: string; has: RegExp }[] = [
  { role: "PVESDNUser", has: /^SDN\.(Audit|Use)$/ },
  { role: "PVESDNAdmin", has: /^SDN\.(Allocate|Audit|Use)$/ },
  { role: "PVEDatastoreUser", has: /^Datastore\.(Audit|AllocateSpace)$/ },
  { role: "PVEDatastoreAdmin", has: /^Datastore\./ },
  { role: "PVEAuditor", has: /\.Audit$/ },
  { role: "PVEVMAdmin", has: /^VM\./ },
];
