// Who may change whose role in a project, and to what.
import type { OrganizationRole } from "@homeport/db/types";
import { may } from "./permission";
import { isAbove } from "./rank";

/** What somebody is in a project (null: not in it) and in its organization (null: no member). */
export interface MemberRoles {
  project: OrganizationRole | null;
  organization: OrganizationRole | null;
}

/**
 * Whoever runs the project, up to their own role there, over nobody who is above them in it. Who runs the organization runs its projects
 * too, so their role here is set by nobody who stands below them there. An owner may whatever they have here: they could not be
 * kept out anyway.
 */
export function maySetProjectRole(
  mine: MemberRoles,
  { theirs, to, toOneself = false }: { theirs: MemberRoles; to: OrganizationRole | null; toOneself?: boolean },
): boolean {
  if (mine.organization === "OWNER") return true;
  const { project } = mine;
  if (project === null || !may(project, "member:write")) return false;
  if (theirs.project !== null && isAbove(theirs.project, project)) return false;
  if (to !== null && isAbove(to, project)) return false;
  // What somebody has by the organization must not become theirs by their own hand, to stay when it is taken there.
  if (toOneself && to !== null && !isAbove(project, to)) return false;
  const runs = theirs.organization === "OWNER" || theirs.organization === "ADMIN";
  return !runs || (mine.organization !== null && !isAbove(theirs.organization ?? "VIEWER", mine.organization));
}
