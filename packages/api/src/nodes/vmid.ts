// Whether a VMID is free on a node: what the node says, what is reserved, and while it is away what was seen there.
import type { DbOrTransaction } from "@homeport/db/client";
import { isAppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";
import { owned } from "../access/owned";

/** `seenAt`: when that was seen; null when the node said so just now. */
export type VmidAnswer = ({ free: true } | { free: false; holder: string }) & { seenAt: Date | null };

/** The node is asked, as a plan asks it; while it cannot be, or is asked too often, the answer is what was seen there last, and says when. */
export async function checkVmid(
  ctx: MemberContext,
  { nodeId, vmid }: { nodeId: string; vmid: number },
): Promise<VmidAnswer> {
  const { db, userId, auth, engine, log } = ctx;
  const { row } = await owned(
    ctx,
    { noun: "usableNode", id: nodeId, permission: "container:write" },
    { observation: { select: { seenAt: true } } },
  );
  try {
    await auth.limitVmids(userId);
    const holder = await engine.vmidHolder({ nodeId, vmid });
    return { ...(holder === null ? { free: true } : { free: false, holder }), seenAt: null };
  } catch (error) {
    if (!isAppError(error) || error.refusal !== "tries.too_many") log({ id: "vmid", path: "nodes.vmid", error });
    const holder = await vmidHolder(db, { nodeId, vmid });
    return {
      ...(holder === undefined ? { free: true } : { free: false, holder }),
      seenAt: row.observation?.seenAt ?? null,
    };
  }
}

/**
 * Who holds it, in words for the screen; `undefined` when nobody is known to. `nodeJustAsked`: the node itself said that it is
 * free, so what the last poll saw there is older news; only our own reservations count.
 */
export async function vmidHolder(
  db: DbOrTransaction,
  { nodeId, vmid }: { nodeId: string; vmid: number },
  { nodeJustAsked = false } = {},
): Promise<string | undefined> {
  const reserved = await db.container.findFirst({
    where: { nodeId, vmid, lifecycle: { not: "deleted" } },
    select: { hostname: true },
  });
  if (reserved) return `the container ${reserved.hostname}`;
  if (nodeJustAsked) return undefined;
  const guest = await db.guestObservation.findUnique({
    where: { nodeId_vmid: { nodeId, vmid } },
    select: { name: true, kind: true },
  });
  if (!guest) return undefined;
  const noun = guest.kind === "qemu" ? "virtual machine" : "container";
  return guest.name === null ? `a ${noun} of the node` : `the ${noun} ${guest.name}`;
}
