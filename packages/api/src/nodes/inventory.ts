// What a node offers to the wizard, as its last probe saw it.
import { NodeInventory } from "@homeport/domain/node/node-report";
import { isListed, type ShareLimits } from "@homeport/domain/node/share-limits";
import type { MemberContext } from "../context";
import { nodeToUse } from "./use/to-use";

export async function getInventory(
  ctx: MemberContext,
  { id, projectId }: { id: string; projectId?: string | undefined },
): Promise<NodeInventory | null> {
  const { row, share } = await nodeToUse(ctx, { id, projectId }, { inventory: true });
  const inventory = NodeInventory.safeParse(row.inventory).data ?? null;
  return inventory === null || share === null ? inventory : within(inventory, share.limits);
}

/** OS images may lie on a storage that is not for containers of this project: they are only read there. */
function within(
  inventory: NodeInventory,
  { storages, bridges }: Pick<ShareLimits, "storages" | "bridges">,
): NodeInventory {
  return {
    ...inventory,
    storages: inventory.storages.map((storage) => ({
      ...storage,
      forContainers: storage.forContainers && isListed(storages, storage.name),
    })),
    bridges: inventory.bridges.filter(({ name }) => isListed(bridges, name)),
  };
}
