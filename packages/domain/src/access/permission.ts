// Who may do what: one table, read by the server that refuses and by the screen that explains.
import type { OrganizationRole } from "@homeport/db/types";

/**
 * Those of an organization are decided by the role in it, and by none in a project of it; `member:write` is of both: who belongs to the
 * organization, and who has which role in a project. `ownership:write` is an owner's alone.
 */
export const Permissions = [
  "account:read",
  "account:write",
  "project:read",
  "project:write",
  "organization:read",
  "organization:write",
  "member:write",
  "ownership:write",
  "node:read",
  "node:write",
  "template:read",
  "container:read",
  "container:write",
  "secret:read",
  "run:read",
  "run:write",
  "activity:read",
  "engine:read",
  "mail:read",
  "mail:write",
  "people:read",
  "people:write",
] as const;
export type Permission = (typeof Permissions)[number];

/** What whoever set the installation up may do, and nobody else (packages/api/src/access/installation). */
export const ofSetUp: readonly Permission[] = ["mail:read", "mail:write", "people:read", "people:write"];

/** Of the installation, not of an organization: who sees the engine sees everybody's runs (packages/api/src/engine/may-read). */
const ofInstallation: readonly Permission[] = ["engine:read", ...ofSetUp];

/** What needs no membership: everybody who is signed in may do it to their own account, and to nodes of their own. */
export const personal: readonly Permission[] = ["account:read", "account:write", "node:read", "node:write"];

/** Decided by whose it is, so no role in a project gives it: neither the account nor the node of another person. */
const everything = Permissions.filter(
  (permission) => !ofInstallation.includes(permission) && !personal.includes(permission),
);

const reading: readonly Permission[] = [
  ...(["organization:read", "project:read", "template:read"] as const),
  ...(["container:read", "run:read", "activity:read"] as const),
];

const grants: Record<OrganizationRole, readonly Permission[]> = {
  OWNER: everything,
  ADMIN: everything.filter((permission) => permission !== "ownership:write"),
  OPERATOR: [...reading, "container:write", "run:write", "secret:read"],
  VIEWER: reading,
};

export function may(role: OrganizationRole, permission: Permission): boolean {
  return grants[role].includes(permission);
}
