// The lowest VMID that nobody is known to hold: a hint, as the run reserves the real one.
import { VMID_MIN } from "@homeport/domain/vmid";
import type { MemberContext } from "../context";
import { ownNode } from "./own";

/** Null before the node was seen for the first time: then any number would be a guess. */
export async function nextVmid({ db, userId }: MemberContext, nodeId: string): Promise<{ vmid: number } | null> {
  const { observation } = await ownNode(db, { id: nodeId, userId }, { observation: { select: { seenAt: true } } });
  if (observation === null) return null;
  const [guests, reserved] = await Promise.all([
    db.guestObservation.findMany({ where: { nodeId }, select: { vmid: true } }),
    db.container.findMany({ where: { nodeId, vmid: { not: null }, lifecycle: { not: "deleted" } }, select: { vmid: true } }),
  ]);
  const taken = new Set([...guests, ...reserved].map(({ vmid }) => vmid));
  let vmid = VMID_MIN;
  while (taken.has(vmid)) vmid += 1;
  return { vmid };
}
