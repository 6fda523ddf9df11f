// Which role a person has in a project, from what they are in the organization and in the project itself.
import type { OrganizationRole, ProjectRole } from "@homeport/db/types";

export interface Membership {
  organization: OrganizationRole | null;
  project: { role: ProjectRole; inheritedFromOrg: boolean } | null;
}

/** Where it comes from: an own membership decides; whatever else there is follows the organization. */
export function roleSource(project: Membership["project"]): "project" | "organization" {
  return project?.inheritedFromOrg === false ? "project" : "organization";
}

/**
 * The role that counts, or null for a stranger. A membership of the project's own decides; an inherited one follows the
 * organization, and is none without it; without either only those who run the organization get in.
 */
export function projectRole({ organization, project }: Membership): OrganizationRole | null {
  if (project && !project.inheritedFromOrg) return project.role;
  if (project) return organization;
  return organization === "OWNER" || organization === "ADMIN" ? organization : null;
}
