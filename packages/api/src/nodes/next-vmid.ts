// The lowest VMID of the node's range that nobody is known to hold: a hint, as the run reserves the real one.
import { VMID_MAX, VMID_MIN } from "@homeport/domain/container/vmid";
import type { MemberContext } from "../context";
import { nodeToUse } from "./use/to-use";

export interface NextVmid {
  vmid: number;
  /** The range that a person has set for the node, or for its share, both ends included. */
  range: { from: number; to: number } | null;
}

/** Null before the node was seen for the first time, as any number would be a guess, and when the range is used up. */
export async function nextVmid(
  ctx: MemberContext,
  { nodeId, projectId }: { nodeId: string; projectId?: string | undefined },
): Promise<NextVmid | null> {
  const { db } = ctx;
  const columns = { vmidFrom: true, vmidTo: true, observation: { select: { seenAt: true } } } as const;
  const { row, share } = await nodeToUse(ctx, { id: nodeId, projectId }, columns);
  if (row.observation === null) return null;
  // The share's range takes the place of the node's own.
  const { vmidFrom, vmidTo } = share !== null && share.limits.vmidFrom !== null ? share.limits : row;
  const range = vmidFrom === null || vmidTo === null ? null : { from: vmidFrom, to: vmidTo };
  const [guests, reserved] = await Promise.all([
    db.guestObservation.findMany({ where: { nodeId }, select: { vmid: true } }),
    db.container.findMany({
      where: { nodeId, vmid: { not: null }, lifecycle: { not: "deleted" } },
      select: { vmid: true },
    }),
  ]);
  const taken = new Set([...guests, ...reserved].map(({ vmid }) => vmid));
  let vmid = range?.from ?? VMID_MIN;
  while (taken.has(vmid)) vmid += 1;
  return vmid > (range?.to ?? VMID_MAX) ? null : { vmid, range };
}
