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
}

/** Of an organization: a token for some of its projects has none of them. */
export function needsAllProjects(permission: TokenPermission): boolean {
  return permission.startsWith("organization:");
}

export function isTokenPermission(permission: string): permission is TokenPermission {
  return (TokenPermissions as readonly string[]).includes(permission);
}

/** What each lets a program do. */
export const tokenPermissionText: Record<TokenPermission, string> = {
  "project:read": "See projects and their members",
  "template:read": "Browse templates",
  "container:read": "See containers",
  "run:read": "Follow runs and read their logs",
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
