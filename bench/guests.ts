// Guests in the lab and rows for them, as if Homeport had made them: only lists, pages and watching are of interest.
import { randomUUID } from "node:crypto";
import { createDb } from "@homeport/db/client";
import { ownershipTag } from "@homeport/domain/container/ownership-tag";
import { inputOf, until } from "../scripts/test/product";
import type { Kit } from "./kit";

const FIRST_VMID = 10_000;
const AT_ONCE = 100;

const MODEL_KEY = randomUUID();

let made = 0;

/** `tagged` as Homeport's own are; without, somebody took the tag off. Answers when the list shows them all. */
export async function addGuests(kit: Kit, count: number, { tagged }: { tagged: boolean }): Promise<void> {
  const guests = Array.from({ length: count }, () => ({ id: randomUUID(), vmid: FIRST_VMID + made++ }));
  // Each takes the seconds that a create takes: a hundred at a time.
  for (let first = 0; first < count; first += AT_ONCE)
    await Promise.all(
      guests.slice(first, first + AT_ONCE).map(({ id, vmid }) =>
        kit.lab.faults.createForeignGuest({
          vmid,
          hostname: `guest-${vmid}`,
          running: true,
          ...(tagged ? { tags: ownershipTag(id) } : {}),
        }),
      ),
    );
  const db = createDb(kit.info.databaseUrl);
  const model = await until("a container to copy", 60_000, async () => {
    const ready = await db.container.findFirst({ where: { lifecycle: "ready" } });
    if (ready === null) await createModel(kit);
    return ready ?? undefined;
  });
  await db.container.createMany({
    data: guests.map(({ id, vmid }) => ({
      id,
      projectId: model.projectId,
      nodeId: model.nodeId,
      templateRevisionId: model.templateRevisionId,
      createdById: model.createdById,
      hostname: `guest-${vmid}`,
      vmid,
      lifecycle: "ready" as const,
      spec: model.spec ?? {},
    })),
  });
  await db.$disconnect();
  await until("the node's guests", 180_000, async () => {
    const rows = await kit.product.containers.list.query({ projectId: kit.projectId });
    return rows.filter(({ seenAt, hostname }) => hostname.startsWith("guest-") && seenAt !== null).length >= made
      ? true
      : undefined;
  });
}

/** Where no other part has made one; asked for again, it is the same one. */
async function createModel({ product }: Kit): Promise<void> {
  await product.containers.create.mutate({
    ...(await inputOf(product, { template: "bench-trivial", hostname: "model" })),
    requestKey: MODEL_KEY,
  });
}
