// The rows that a look at a node is compared with, and what becomes of what it found.
import type { Db } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { OWNER_READ_COUNTS_MS } from "@homeport/domain/container/guest-ownership";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import { OrphanFacts } from "@homeport/domain/orphan/orphan";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import type { Found, Reconciler, RowOfContainer } from "../reconcile-ports";
import { keepFound } from "./orphans";

const active = { where: { state: { in: [...ActiveRunStates] } }, select: { kind: true }, take: 1 };

export function createReconciler(db: Db): Reconciler {
  return {
    async rows(nodeId) {
      const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, ...savedNode }, select: { id: true } });
      if (node === null) return undefined;
      const live = await db.container.findMany({
        where: { lifecycle: { not: "deleted" } },
        select: {
          id: true,
          nodeId: true,
          vmid: true,
          hostname: true,
          lifecycle: true,
          runs: active,
          markSignature: true,
          markHolder: true,
          markReadAt: true,
        },
      });
      const reported = await db.orphan.findMany({
        where: { nodeId, kind: "container_gone", state: { in: ["open", "ignored"] } },
        select: { containerId: true, facts: true },
      });
      const gone = new Set(
        reported.flatMap(({ containerId, facts }) => (OrphanFacts.parse(facts).unread === null ? [containerId] : [])),
      );
      const counts = Date.now() - OWNER_READ_COUNTS_MS;
      return {
        containers: live.flatMap(
          ({
            id,
            vmid,
            hostname,
            lifecycle,
            runs,
            markSignature: signature,
            markHolder: holder,
            markReadAt,
            ...row
          }): RowOfContainer[] => {
            if (row.nodeId !== nodeId || vmid === null) return [];
            const read =
              signature === null || markReadAt === null || markReadAt.getTime() < counts ? null : { signature, holder };
            return [{ id, vmid, hostname, lifecycle, active: runs[0]?.kind ?? null, read, gone: gone.has(id) }];
          },
        ),
        ownedTags: new Set(live.flatMap(({ id, vmid }) => (vmid === null ? [] : [`${vmid} ${ownershipTag(id)}`]))),
        busy: new Set(live.filter(({ runs }) => runs.length > 0).map(({ id }) => ownershipTag(id))),
      };
    },

    async remember(readOwners) {
      for (const { containerId, signature, holder } of readOwners)
        await db.container.updateMany({
          where: { id: containerId },
          data: { markSignature: signature, markHolder: holder, markReadAt: new Date() },
        });
    },

    async keep(nodeId, found, suspects) {
      const now = new Date();
      const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, ...savedNode }, select: { userId: true } });
      if (node === null) return [];
      const whole = await Promise.all(
        found.map(async (one) => ({ ...(await named(db, one)), userId: node.userId, nodeId })),
      );
      const left = await keepFound(db, {
        scope: { nodeId, kind: { in: ["guest_without_row", "container_gone", "stale_lock"] } },
        found: whole,
        suspects,
        now,
      });
      await db.proxmoxNode.updateMany({ where: { id: nodeId }, data: { reconciledAt: now } });
      return left;
    },
  };
}

/** Which row a guest's ownership tag names, and what has become of it. */
async function named(db: Db, found: Found): Promise<Found> {
  if (found.kind !== "guest_without_row") return found;
  const row = await rowOfTag(db, found.facts);
  if (row === null) return found;
  const facts = row.lifecycle === "deleted" ? { row: "deleted" as const } : { row: "copy" as const, copyOf: row.vmid };
  return { ...found, containerId: row.id, facts: { ...found.facts, marker: row.id, ...facts } };
}

const select = { id: true, vmid: true, lifecycle: true } as const;

async function rowOfTag(db: Db, { marker, tag }: Found["facts"]) {
  if (marker) return db.container.findUnique({ where: { id: marker }, select });
  return tag ? byTag(db, tag) : null;
}

/** The tag is the end of the container's id. */
async function byTag(db: Db, tag: string) {
  const [row] = await db.$queryRaw<
    { id: string }[]
  >`SELECT "id" FROM "Container" WHERE right(replace("id"::text, '-', ''), 12) = ${tag.replace("homeport-", "")} LIMIT 2`;
  return row === undefined ? null : db.container.findUnique({ where: { id: row.id }, select });
}
