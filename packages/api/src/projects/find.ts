// In which project a thing is: what an address without a project leads to.
import { nouns } from "../access/nouns";
import { owned } from "../access/owned";
import type { MemberContext } from "../context";
import { projectView, type ProjectView } from "./view";

export async function findProjectOf(
  ctx: MemberContext,
  { noun, id }: { noun: "container" | "run" | "batch"; id: string },
): Promise<ProjectView> {
  const { reading } = nouns[noun];
  const { membership } = await owned(ctx, { noun, id, permission: reading }, { id: true });
  const { row } = await owned(
    ctx,
    { noun: "project", id: membership.projectId, permission: "project:read" },
    projectView,
  );
  return { ...row, role: membership.role };
}
