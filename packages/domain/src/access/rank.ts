// Which role is above which. Nobody gives a role above their own, nor changes or removes somebody whose role is above it.
import type { OrganizationRole } from "@homeport/db/types";

/** The highest first. */
export const Roles = ["OWNER", "ADMIN", "OPERATOR", "VIEWER"] as const satisfies readonly OrganizationRole[];

/** The same role is not above. */
export function isAbove(role: OrganizationRole, other: OrganizationRole): boolean {
  return Roles.indexOf(role) < Roles.indexOf(other);
}

/** As in "you are an operator". */
export const roleWithArticle: Record<OrganizationRole, string> = {
  OWNER: "an owner",
  ADMIN: "an administrator",
  OPERATOR: "an operator",
  VIEWER: "a viewer",
};

export const roleTitle: Record<OrganizationRole, string> = {
  OWNER: "Owner",
  ADMIN: "Administrator",
  OPERATOR: "Operator",
  VIEWER: "Viewer",
};
