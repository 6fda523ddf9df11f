// While somebody looks at containers, their nodes are polled often: the rows say when that was last so.
import { savedNode } from "@homeport/db/saved-node";
import { freshly, inProject, visible } from "../access/owned";
import type { MemberContext } from "../context";

/** The poller looks for this within its own 60 s; three misses and it slows down. */
const VIEWED_EVERY_MS = 20_000;

/** Says so now and every 20 s until the answered function is called. What fails here only makes the screen older. */
export function keepViewing(ctx: MemberContext, projectId: string): () => void {
  const once = (): void => {
    recordViewing(ctx, projectId).catch((error: unknown) => {
      ctx.log({ id: "look", path: "containers.watch", error });
    });
  };
  once();
  const timer = setInterval(once, VIEWED_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}

async function recordViewing(ctx: MemberContext, projectId: string): Promise<void> {
  const now = freshly(ctx);
  const nodes = await ctx.db.proxmoxNode.findMany({
    where: {
      OR: [
        await visible(now, "node", "node:read"),
        {
          containers: {
            some: {
              AND: [await inProject(now, "container", { projectId, permission: "container:read" })],
              lifecycle: { not: "deleted" },
            },
          },
        },
      ],
      tlsFingerprint: { not: null },
      ...savedNode,
    },
    select: { id: true },
  });
  const ids = nodes.map(({ id }) => id);
  await ctx.db.proxmoxNode.updateMany({ where: { id: { in: ids } }, data: { lookedAt: ctx.clock() } });
  await Promise.all(ids.map((id) => ctx.engine.watchNode(id)));
}
