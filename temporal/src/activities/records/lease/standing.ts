// How a lent container stands, for its lease: by what its node says now, not by what our rows hope.
import type { DbOrTransaction } from "@homeport/db/client";
import { STALE_AFTER_MS } from "@homeport/domain/container/container-state";
import type { LentGuest, Standing } from "@homeport/domain/lease/next-act";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { type Guest, observedOf, readGuests } from "@homeport/records/guests";
import { isExempt } from "@homeport/records/lease-rows";
import type { LentContainer } from "./act-on-lease";

export async function readStanding(within: DbOrTransaction, container: LentContainer, now: Date): Promise<Standing> {
  const guest = (await readGuests(within, [container])).get(container.id);
  const active = await within.run.count({
    where: { container: { id: container.id }, state: { in: [...ActiveRunStates] } },
  });
  const busy = active > 0 || container.lifecycle === "creating" || container.lifecycle === "deleting";
  return { guest: guestNow(container, guest, now), busy, exempt: isExempt(container.spec, guest), now };
}

function guestNow({ lifecycle, vmid, node }: LentContainer, guest: Guest | undefined, now: Date): LentGuest {
  if (lifecycle === "deleted") return "gone";
  if (vmid === null) return "absent";
  // Its identity is not what was pinned, or not confirmed: what it says counts for nothing until somebody has compared.
  if (node.state === "unverified" || node.state === "key_changed") return "unknown";
  const { observed } = observedOf(guest, now);
  if (observed === null || observed.ageMs > STALE_AFTER_MS) return "unknown";
  return observed.status === "running" || observed.status === "stopped" ? observed.status : "unknown";
}
