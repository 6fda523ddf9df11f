// Whether a VMID is free on a node, as far as we know: what was seen there, and what is reserved.
import type { DbOrTransaction } from "@homeport/db/client";
import type { MemberContext } from "../context";
import { ownNode } from "./own";

export type VmidAnswer = { free: true } | { free: false; holder: string };

export async function checkVmid({ db, userId }: MemberContext, { nodeId, vmid }: { nodeId: string; vmid: number }): Promise<VmidAnswer> {
  await ownNode(db, { id: nodeId, userId }, { id: true });
  const holder = await vmidHolder(db, { nodeId, vmid });
  return holder === undefined ? { free: true } : { free: false, holder };
}

/**
 * Who holds it, in words for the screen; `undefined` when nobody is known to. `askedJustNow`: the node itself said that it is
 * free, so what the last poll saw there is older news; only our own reservations count.
 */
export async function vmidHolder(db: DbOrTransaction, { nodeId, vmid }: { nodeId: string; vmid: number }, { askedJustNow = false } = {}): Promise<string | undefined> {
  const reserved = await db.container.findFirst({ where: { nodeId, vmid, lifecycle: { not: "deleted" } }, select: { hostname: true } });
  if (reserved) return `the container ${reserved.hostname}`;
  if (askedJustNow) return undefined;
  const guest = await db.guestObservation.findUnique({ where: { nodeId_vmid: { nodeId, vmid } }, select: { name: true, kind: true } });
  if (!guest) return undefined;
  const noun = guest.kind === "qemu" ? "virtual machine" : "container";
  return guest.name === null ? `a ${noun} of the node` : `the ${noun} ${guest.name}`;
}
