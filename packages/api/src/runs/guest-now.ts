// What is known of a run's guest since it was made, so that nobody is promised that it will be destroyed when it is gone.
import type { Db } from "@homeport/db/client";
import type { RunKind, StepState } from "@homeport/db/types";
import { STALE_AFTER_MS } from "@homeport/domain/container/container-state";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { readGuests } from "@homeport/records/guests";

interface RunOfGuest {
  kind: RunKind;
  container: Parameters<typeof readGuests>[1][number];
  steps: readonly { name: string; state: StepState; endedAt: Date | null }[];
}

/** A node refreshes its list every 10 s (pvestatd): a list that was read sooner after the create may be from before it. */
const LISTED_AFTER_MS = 30_000;

/** Undefined: it is there, it was not made yet, or its node has not been heard of lately. */
export async function readGuestNow(
  db: Db,
  { kind, container, steps }: RunOfGuest,
  now: Date,
): Promise<"gone" | "replaced" | undefined> {
  const { id, nodeId, vmid } = container;
  const create = steps.find(({ name }) => name === "create");
  if (vmid === null || (runKinds[kind].guest === "creates" && create?.state !== "done" && create?.state !== "warning"))
    return undefined;
  const [guests, node] = await Promise.all([
    readGuests(db, [container]),
    db.nodeObservation.findUnique({ where: { nodeId }, select: { seenAt: true } }),
  ]);
  if (node === null || now.getTime() - node.seenAt.getTime() > STALE_AFTER_MS) return undefined;
  const guest = guests.get(id);
  if (guest !== undefined) return guest.replaced ? "replaced" : undefined;
  const listed = await db.guestObservation.findUnique({
    where: { nodeId_vmid: { nodeId, vmid } },
    select: { vmid: true },
  });
  const made = create?.endedAt?.getTime() ?? 0;
  return listed === null && node.seenAt.getTime() - made > LISTED_AFTER_MS ? "gone" : undefined;
}
