// The projects of a person, oldest first, and the one that they land in.
import { landingProject } from "../access/landing";
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";
import { readProjectViews, type ProjectView } from "./view";

/** Throws `forbidden` for somebody who belongs to no project. */
export async function listProjects(ctx: MemberContext): Promise<{ items: ProjectView[]; landing: ProjectView }> {
  const { projectId } = landingProject(await ctx.projects());
  const items = await readProjectViews(ctx);
  const landing = items.find(({ id }) => id === projectId);
  if (landing === undefined) throw notFound("project"); // removed between the two readings
  return { items, landing };
}
