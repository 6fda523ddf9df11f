// The projects of a person, oldest first, and the one that they land in.
import { landingProject } from "../access/landing";
import { visible } from "../access/owned";
import type { MemberContext } from "../context";
import { projectView, type ProjectView } from "./view";

/** Throws `forbidden` for somebody who belongs to no project. */
export async function listProjects(ctx: MemberContext): Promise<{ items: ProjectView[]; landing: ProjectView }> {
  const projects = await ctx.projects();
  const landing = landingProject(projects);
  const rows = await ctx.db.project.findMany({
    where: await visible(ctx, "project", "project:read"),
    select: projectView,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const items = rows.map((row) => ({ ...row, role: projects.get(row.id)?.role ?? landing.role }));
  return { items, landing: items.find(({ id }) => id === landing.projectId) ?? notListed() };
}

function notListed(): never {
  throw new Error("the landing project is one of those that were read");
}
