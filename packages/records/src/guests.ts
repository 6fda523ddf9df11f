// What the nodes said last about our containers' guests, and about nobody else's: a guest is ours by its tag, not by its number.
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import { type ListedGuest, whoseGuest } from "@homeport/domain/container/guest-ownership";

export interface ContainerUsage {
  /** Fraction of its cores, 0 to 1. */
  cpu: number;
  maxCpu: number;
  memBytes: number;
  maxMemBytes: number;
  diskBytes: number;
  maxDiskBytes: number;
}

/** `replaced`: another guest has its VMID; nothing of that one is reported. */
export type Guest =
  | {
      replaced: false;
      status: string;
      seenAt: Date;
      uptimeS: number;
      usage: ContainerUsage | null;
      tags: string | null;
    }
  | { replaced: true; holder: string; seenAt: Date };

/** What `readGuests` needs to know of a container. */
export const guestOwner = {
  id: true,
  nodeId: true,
  vmid: true,
  markSignature: true,
  markHolder: true,
} as const satisfies Prisma.ContainerSelect;
type Ours = Prisma.ContainerGetPayload<{ select: typeof guestOwner }>;

interface Observed extends ListedGuest {
  nodeId: string;
  vmid: number;
  status: string;
  cpu: number;
  maxCpu: number;
  mem: number;
  maxMem: number;
  disk: number;
  maxDisk: number;
  uptimeS: number;
  seenAt: Date;
}

/** By container id. One without our tag whose configuration nobody has read yet is not reported: the reconciler reads it within a minute. */
export async function readGuests(
  db: DbOrTransaction,
  containers: readonly Ours[],
): Promise<ReadonlyMap<string, Guest>> {
  const placed = containers.flatMap((one) => (one.vmid === null ? [] : [{ ...one, vmid: one.vmid }]));
  if (placed.length === 0) return new Map();
  const nodeIds = [...new Set(placed.map(({ nodeId }) => nodeId))];
  const vmids = [...new Set(placed.map(({ vmid }) => vmid))];
  // Of a thousand guests, several times a minute: without a parameter for each, and without the big integers.
  const rows = await db.$queryRaw<Observed[]>`
    SELECT "nodeId", "vmid", "kind", "name", "status", "tags", "cpu", "maxCpu", "mem"::float8, "maxMem"::float8, "disk"::float8, "maxDisk"::float8, "uptimeS", "seenAt"
    FROM "GuestObservation" WHERE "nodeId" = ANY(${nodeIds}::uuid[]) AND "vmid" = ANY(${vmids}::integer[])`;
  const seen = new Map(rows.map((row) => [`${row.nodeId}/${row.vmid}`, row]));
  const guests = placed.flatMap(({ id, nodeId, vmid, markSignature, markHolder }): [string, Guest][] => {
    const row = seen.get(`${nodeId}/${vmid}`);
    if (!row) return [];
    const whose = whoseGuest(id, row, markSignature === null ? null : { signature: markSignature, holder: markHolder });
    if (whose.whose === "unread") return [];
    const { status, seenAt, cpu, maxCpu, maxMem, uptimeS } = row;
    if (whose.whose === "other") return [[id, { replaced: true, holder: whose.holder, seenAt }]];
    // Proxmox knows a new guest before it has measured it: no limits are no figures, not zeros.
    const usage =
      maxMem === 0
        ? null
        : {
            cpu,
            maxCpu,
            memBytes: row.mem,
            maxMemBytes: maxMem,
            diskBytes: row.disk,
            maxDiskBytes: row.maxDisk,
          };
    return [[id, { replaced: false, status, seenAt, uptimeS, usage, tags: row.tags }]];
  });
  return new Map(guests);
}

/** The part of a container's state that its guest decides. */
export function observedOf(
  guest: Guest | undefined,
  now: Date,
): { observed: { status: string; ageMs: number } | null; replaced: boolean } {
  if (guest === undefined || guest.replaced) return { observed: null, replaced: guest?.replaced ?? false };
  return { observed: { status: guest.status, ageMs: now.getTime() - guest.seenAt.getTime() }, replaced: false };
}
