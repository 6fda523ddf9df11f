// What does not agree on the person's nodes, and when it was last looked at.
import type { OrphanState } from "@homeport/db/types";
import { visible } from "../access/owned";
import type { MemberContext } from "../context";
import { orphanContainer, orphanView, toOrphanView, type OrphanView } from "./view";

export interface OrphanList {
  /** Newest first. */
  items: OrphanView[];
  counts: Record<OrphanState, number>;
  /** The oldest look at any node that answers; null before the first. */
  scannedAt: Date | null;
  /** Nodes that could not be looked at: nothing is known of them. */
  unseen: { id: string; name: string; scannedAt: Date | null }[];
}

const MOST = 200;

/** How many are open. */
export async function countOpenOrphans(ctx: MemberContext): Promise<number> {
  return ctx.db.orphan.count({ where: { AND: [await visible(ctx, "orphan", "node:read")], state: "open" } });
}

export async function listOrphans(
  ctx: MemberContext,
  { state = "open" }: { state?: OrphanState | undefined },
): Promise<OrphanList> {
  const { db } = ctx;
  const mine = await visible(ctx, "orphan", "node:read");
  const [rows, groups, nodes] = await Promise.all([
    db.orphan.findMany({
      where: { AND: [mine], state },
      select: orphanView,
      orderBy: state === "resolved" ? { resolvedAt: "desc" } : { firstSeenAt: "desc" },
      take: MOST,
    }),
    db.orphan.groupBy({ by: ["state"], where: mine, _count: true }),
    db.proxmoxNode.findMany({
      where: await visible(ctx, "node", "node:read"),
      select: { id: true, name: true, state: true, reconciledAt: true },
    }),
  ]);
  const ids = rows.flatMap(({ containerId }) => containerId ?? []);
  const containers = new Map(
    (
      await db.container.findMany({
        where: { AND: [await visible(ctx, "container", "container:read")], id: { in: ids } },
        select: orphanContainer,
      })
    ).map((one) => [one.id, one]),
  );
  const answering = nodes.filter((node) => node.state === "online" || node.state === "needs_attention");
  const scans = answering.flatMap(({ reconciledAt }) => reconciledAt ?? []);
  return {
    items: rows.map((row) => toOrphanView(row, containers.get(row.containerId ?? "") ?? null)),
    counts: {
      open: 0,
      ignored: 0,
      resolved: 0,
      ...Object.fromEntries(groups.map(({ state: of, _count }) => [of, _count])),
    },
    scannedAt: scans.length < answering.length ? null : (scans.sort((a, b) => a.getTime() - b.getTime())[0] ?? null),
    unseen: nodes
      .filter((node) => !answering.includes(node))
      .map(({ id, name, reconciledAt }) => ({ id, name, scannedAt: reconciledAt })),
  };
}
