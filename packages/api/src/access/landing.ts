// Where a person lands when their address names no project. This is the only rule of that kind: everything else names its project.
import { AppError } from "@homeport/domain/error";
import type { Membership, Projects } from "./projects";
import { allows } from "./rights";

/** The oldest project of an organization that they own, else the oldest in which they may create, else the oldest they see. */
export function landingProject(projects: Projects): Membership {
  const all = [...projects.values()]; // oldest first, by readProjects
  const landing =
    all.find(({ role }) => role === "OWNER") ?? all.find((one) => allows(one, "container:write")) ?? all[0];
  if (!landing) throw new AppError("project.none", "You belong to no project.");
  return landing;
}
