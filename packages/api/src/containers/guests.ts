// What the nodes said last about our containers' guests, and about nobody else's.
import type { Db } from "@homeport/db/client";
import { ownership } from "@homeport/domain/marker";
import type { ContainerUsage } from "./view";

export interface Guest {
  status: string;
  seenAt: Date;
  usage: ContainerUsage | null;
}

interface Ours {
  id: string;
  nodeId: string;
  vmid: number | null;
  hostname: string;
}

/** By container id. A guest that somebody else put on the same VMID is not reported as ours. */
export async function readGuests(db: Db, containers: readonly Ours[]): Promise<ReadonlyMap<string, Guest>> {
  const placed = containers.flatMap((one) => (one.vmid === null ? [] : [{ ...one, vmid: one.vmid }]));
  if (placed.length === 0) return new Map();
  const rows = await db.guestObservation.findMany({
    where: { kind: "lxc", nodeId: { in: [...new Set(placed.map(({ nodeId }) => nodeId))] }, vmid: { in: [...new Set(placed.map(({ vmid }) => vmid))] } },
  });
  const seen = new Map(rows.map((row) => [`${row.nodeId}/${row.vmid}`, row]));
  const guests = placed.flatMap((container): [string, Guest][] => {
    const row = seen.get(`${container.nodeId}/${container.vmid}`);
    if (!row || !isOurs(container, row)) return [];
    const { status, seenAt, cpu, maxCpu, maxMem, uptimeS } = row;
    // Proxmox knows a new guest before it has measured it: no limits are no figures, not zeros.
    const usage = maxMem === 0n ? null : { cpu, maxCpu, memBytes: Number(row.mem), maxMemBytes: Number(maxMem), diskBytes: Number(row.disk), maxDiskBytes: Number(row.maxDisk), uptimeS };
    return [[container.id, { status, seenAt, usage }]];
  });
  return new Map(guests);
}

/** A poll shows tags, not descriptions: a person who removed our tag is recognised by the name. Only for the screen; the fence reads the config. */
function isOurs(container: Ours, { tags, name }: { tags: string | null; name: string | null }): boolean {
  const whose = ownership(container.id, { tags: tags ?? "" });
  return whose === "ours" || (whose === "unmarked" && name === container.hostname);
}
