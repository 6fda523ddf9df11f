// What each permission lets a person do, in the words of the tables of roles.
import type { OrganizationRole } from "@homeport/db/types";
import { may, type Permission } from "./permission";
import { Roles, roleWithArticle } from "./rank";

type Words = Partial<Record<Permission, string>>;

/** Those that a role gives in a project. */
const inProject = {
  "project:read": "See the project and its members",
  "container:read": "See its containers",
  "run:read": "Follow its runs and read their logs",
  "activity:read": "See who did what in it",
  "template:read": "Browse templates",
  "container:write": "Create, operate and destroy containers",
  "run:write": "Decide, pause, resume and cancel runs",
  "secret:read": "Reveal credentials of containers",
  "member:write": "Choose its members and their roles",
  "project:write": "Change its name and address",
} as const satisfies Words;

/** Those that a role gives in the organization itself. */
const inOrganization = {
  "organization:read": "See its members and their roles",
  "member:write": "Invite people, change roles up to their own, remove members, set quotas of projects",
  "organization:write": "Change its name and address, make and delete projects",
  "ownership:write": "Make and unmake owners, set its quota, require two-factor sign-in, delete it",
} as const satisfies Words;

export interface RightsRow {
  permission: Permission;
  text: string;
  /** Who may, in the order of `Roles`. */
  roles: OrganizationRole[];
}

/** The whole table of one place, as the server decides by it. */
export function rightsTable(place: "project" | "organization"): RightsRow[] {
  return Object.entries(place === "project" ? inProject : inOrganization).map(([name, text]) => {
    const permission = name as Permission; // the tables' own keys
    return { permission, text, roles: Roles.filter((role) => may(role, permission)) };
  });
}

/** Why a button in a project cannot be pressed by whoever has this role there. */
export function whyNotByRole(role: OrganizationRole): string {
  return `You are ${roleWithArticle[role]} of this project, who may not do this.`;
}
