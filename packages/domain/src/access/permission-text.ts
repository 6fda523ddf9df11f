// What each permission lets a person do, in the words of the table of roles.
import type { OrganizationRole } from "@homeport/db/types";
import { may, type Permission } from "./permission";

/** Those that a role gives in a project; what is decided by whose a thing is, or in the organization, is not. */
const words = {
  "project:read": "See the project",
  "container:read": "See its containers",
  "run:read": "Follow its runs and read their logs",
  "activity:read": "See who did what in it",
  "template:read": "Browse templates",
  "container:write": "Create, operate and destroy containers",
  "run:write": "Decide, pause, resume and cancel runs",
  "secret:read": "Reveal credentials of containers",
  "project:write": "Change its name and address",
} as const satisfies Partial<Record<Permission, string>>;

export const Roles = ["OWNER", "ADMIN", "OPERATOR", "VIEWER"] as const satisfies readonly OrganizationRole[];

export interface RightsRow {
  permission: Permission;
  text: string;
  /** Who may, in the order of `Roles`. */
  roles: OrganizationRole[];
}

/** The whole table, as the server decides by it. */
export function rightsTable(): RightsRow[] {
  return Object.entries(words).map(([name, text]) => {
    const permission = name as keyof typeof words; // its own keys
    return { permission, text, roles: Roles.filter((role) => may(role, permission)) };
  });
}
