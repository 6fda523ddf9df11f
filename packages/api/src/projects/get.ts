// The project that an address names.
import { notFound } from "../access/not-found";
import type { MemberContext } from "../context";
import { readProjectViews, type ProjectView } from "./view";

export async function getProject(ctx: MemberContext, slug: string): Promise<ProjectView> {
  const [found] = await readProjectViews(ctx, { slug });
  if (found === undefined) throw notFound("project");
  return found;
}
