// A node that somebody may create on, with the limits of its share in the project that they name; one of their own without a project.
import type { Prisma } from "@homeport/db/client";
import { owned, type Owned } from "../../access/owned";
import type { MemberContext } from "../../context";

import { type Bounds, readShare } from "../../quotas/bounds";

export async function nodeToUse<S extends Prisma.ProxmoxNodeSelect>(
  ctx: MemberContext,
  { id, projectId }: { id: string; projectId?: string | undefined },
  select: S,
): Promise<{ row: Owned<"node", S>["row"]; share: Bounds["share"] }> {
  const asked = { id, permission: "container:write" } as const;
  if (projectId === undefined) return { row: (await owned(ctx, { noun: "node", ...asked }, select)).row, share: null };
  const { row } = await owned(ctx, { noun: "usableNode", ...asked, projectId }, select);
  return { row, share: await readShare(ctx.db, { projectId, userId: ctx.userId, nodeId: id }) };
}
