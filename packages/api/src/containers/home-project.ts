// The project that a person's new containers go to: the oldest of their own, else the oldest where they may create.
import { AppError } from "@homeport/domain/error";
import { may } from "@homeport/domain/permission";
import type { Membership, Projects } from "../scope";

export function homeProject(projects: Projects): Membership {
  const usable = [...projects.values()].filter(({ role }) => may(role, "container:write"));
  const home = usable.find(({ role }) => role === "OWNER") ?? usable[0];
  if (!home) throw new AppError("project.none", "You have no project in which you may create containers.");
  return home;
}
