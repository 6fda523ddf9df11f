// What an API token may be given. It never has more than its person has at the moment of a call.
import type { Permission } from "./permission";

/**
 * Nothing that gives rights to anybody (members, owners, people, accounts, mails), nothing by which a node's secrets could be sent elsewhere
 * (`node:write`), and not the engine: who has a token that leaked must not be able to outlive it.
 */
export const TokenPermissions = [
  "project:read",
  "template:read",
  "container:read",
  "run:read",
  "activity:read",
  "node:read",
  "container:write",
  "run:write",
  "secret:read",
  "project:write",
  "organization:read",
  "organization:write",
] as const satisfies readonly Permission[];
export type TokenPermission = (typeof TokenPermissions)[number];

export interface TokenScope {
  permissions: readonly Permission[];
  /** Null: all in which its person has a role, and the organizations too. */
  projectIds: readonly string[] | null;
  /** When the token was made: by the password alone, where its person had no second factor then. */
  madeAt: Date;
}

/** Of no project: a token for some projects has none of them. A node is its owner's in all projects; whoever creates sees what they can create on. */
export function needsAllProjects(permission: TokenPermission): boolean {
  return permission.startsWith("organization:") || permission === "node:read";
}

/** Without these a right would find nothing, or do what another one is for: a decision about a run can change what is made. */
const needs: Record<TokenPermission, readonly TokenPermission[]> = {
  "project:read": [],
  "template:read": [],
  "container:read": ["project:read"],
  "run:read": ["project:read"],
  "activity:read": ["project:read"],
  "node:read": [],
  "container:write": ["project:read", "template:read", "container:read", "run:read"],
  "run:write": ["project:read", "template:read", "container:read", "run:read", "container:write"],
  "secret:read": ["project:read", "container:read"],
  "project:write": ["project:read"],
  "organization:read": ["project:read"],
  "organization:write": ["project:read", "organization:read"],
};

/** These and what they need, in the order of TokenPermissions. */
export function withNeeded(permissions: readonly TokenPermission[]): TokenPermission[] {
  return TokenPermissions.filter(
    (one) => permissions.includes(one) || permissions.some((permission) => needs[permission].includes(one)),
  );
}

/** Those of them that need it. */
export function neededBy(permission: TokenPermission, permissions: readonly TokenPermission[]): TokenPermission[] {
  return permissions.filter((one) => needs[one].includes(permission));
}

export function isTokenPermission(permission: string): permission is TokenPermission {
  return (TokenPermissions as readonly string[]).includes(permission);
}

/** What each lets a program do. */
export const tokenPermissionText: Record<TokenPermission, string> = {
  "project:read": "See projects and their members",
  "template:read": "Browse templates",
  "container:read": "See containers and how their runs went",
  "run:read": "Follow runs, with their logs and what they were given",
  "activity:read": "See who did what in projects",
  "node:read": "See your nodes",
  "container:write": "Create, operate and destroy containers",
  "run:write": "Decide, pause, resume and cancel runs",
  "secret:read": "Reveal credentials of containers",
  "project:write": "Change a project's name and address",
  "organization:read": "See organizations and their members",
  "organization:write": "Change organizations, make and delete projects",
};

const looking: readonly TokenPermission[] = TokenPermissions.filter(
  (permission) => permission.endsWith(":read") && permission !== "secret:read" && !needsAllProjects(permission),
);

/** What is chosen most, by name. */
export const tokenPresets = {
  looking,
  operating: [...looking, "container:write", "run:write"],
} as const satisfies Record<string, readonly TokenPermission[]>;
