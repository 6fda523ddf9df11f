// The addresses that containers of a node hold: read for whoever asks for one, in the wizard, a batch or an edit.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { lanOf, type Lan } from "@homeport/domain/container/lan";
import { staticAddresses } from "@homeport/domain/container/network";

export interface HeldLan {
  hostname: string;
  vmid: number | null;
  lan: Lan | null;
}

/** Nothing is read when those who ask, `for`, type no address; without it, all are. `exceptId`: the container that asks, which is there already. */
export async function readLans(
  within: DbOrTransaction,
  {
    nodeId,
    exceptId,
    ...asking
  }: { nodeId: string; exceptId?: string; for?: readonly Pick<ContainerSpec, "network">[] },
): Promise<HeldLan[]> {
  if (asking.for && !asking.for.some(({ network }) => staticAddresses(network).length > 0)) return [];
  const rows = await within.container.findMany({
    where: { nodeId, lifecycle: { not: "deleted" }, ...(exceptId === undefined ? {} : { id: { not: exceptId } }) },
    select: { hostname: true, vmid: true, address: true, spec: true },
  });
  return rows.map(({ hostname, vmid, address, spec }) => ({ hostname, vmid, lan: lanOf(spec, address) }));
}
