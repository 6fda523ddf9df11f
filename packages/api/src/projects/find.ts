// In which project a thing is: what an address without a project leads to.
import { notFound } from "../access/not-found";
import { nouns } from "../access/nouns";
import { owned } from "../access/owned";
import type { MemberContext } from "../context";
import { readProjectViews, type ProjectView } from "./view";

export async function findProjectOf(
  ctx: MemberContext,
  { noun, id }: { noun: "container" | "run" | "batch"; id: string },
): Promise<ProjectView> {
  const { membership } = await owned(ctx, { noun, id, permission: nouns[noun].reading }, { id: true });
  const [project] = await readProjectViews(ctx, { id: membership.projectId });
  if (project === undefined) throw notFound("project");
  return project;
}
