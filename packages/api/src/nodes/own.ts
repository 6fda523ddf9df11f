// One node of the caller's own, or nothing at all.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { notFound } from "../scope";

/** Throws `not_found` when there is none, it is somebody else's, it was removed, or it is not saved yet. */
export async function ownNode<S extends Prisma.ProxmoxNodeSelect>(
  db: DbOrTransaction,
  { id, userId }: { id: string; userId: string },
  select: S,
): Promise<Prisma.ProxmoxNodeGetPayload<{ select: S }>> {
  const node = await db.proxmoxNode.findFirst({ where: { id, userId, ...savedNode }, select });
  if (node === null) throw notFound("node");
  return node; // Prisma infers the same, but not through a type parameter
}

/** The same, of one that is not saved yet as well: only what shows, tests, saves or discards a node asks for it. */
export async function ownNodeOrDraft<S extends Prisma.ProxmoxNodeSelect>(
  db: DbOrTransaction,
  { id, userId }: { id: string; userId: string },
  select: S,
): Promise<Prisma.ProxmoxNodeGetPayload<{ select: S }>> {
  const node = await db.proxmoxNode.findFirst({ where: { id, userId, retiredAt: null }, select });
  if (node === null) throw notFound("node");
  return node; // as above
}

/** Makes the changes of one person's nodes wait for each other: the default is chosen among all of them. */
export async function lockNodesOf(transaction: DbOrTransaction, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
}
