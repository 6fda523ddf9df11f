// The addresses that containers of a node hold: read for whoever asks for one, in the wizard, a batch or an edit.
import type { DbOrTransaction } from "@homeport/db/client";
import { lanOf, type Lan } from "@homeport/domain/lan";

export interface HeldLan {
  hostname: string;
  lan: Lan | null;
}

/** `exceptId`: the container that asks. */
export async function readLans(within: DbOrTransaction, { nodeId, exceptId }: { nodeId: string; exceptId?: string }): Promise<HeldLan[]> {
  const rows = await within.container.findMany({ where: { nodeId, lifecycle: { not: "deleted" }, ...(exceptId === undefined ? {} : { id: { not: exceptId } }) }, select: { hostname: true, address: true, spec: true } });
  return rows.map(({ hostname, address, spec }) => ({ hostname, lan: lanOf(spec, address) }));
}
