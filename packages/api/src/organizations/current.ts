// The organization and project that a person's new containers go to, with their role there.
import type { OrganizationRole } from "@homeport/db/types";
import { landingProject } from "../access/landing";
import type { MemberContext } from "../context";

export interface CurrentView {
  organization: { id: string; name: string; role: OrganizationRole };
  project: { id: string; name: string };
}

export async function currentOrganization({ db, projects }: MemberContext): Promise<CurrentView> {
  const home = landingProject(await projects());
  const project = await db.project.findUniqueOrThrow({
    where: { id: home.projectId },
    select: { id: true, name: true, organization: { select: { id: true, name: true } } },
  });
  return {
    organization: { ...project.organization, role: home.role },
    project: { id: project.id, name: project.name },
  };
}
