// What was seen on a node, each poll whole in one transaction; its NodeObservation row wakes those who look.
import { type Db, type DbOrTransaction, Prisma } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { ownershipTags } from "@homeport/domain/container/ownership-tag";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import { NodeReport, reportState } from "@homeport/domain/node/node-report";
import type { SeenResource, Sightings } from "../ports";
import { pinsOf } from "./node-pins";

/** A node refreshes /cluster/resources every 10 s: what an operation saw itself is newer than that for as long, in whichever process. */
const NEWER_MS = 12_000;

export function createSightings(db: Db): Sightings {
  return {
    async attention(nodeId) {
      const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, ...savedNode } });
      if (node === null) return undefined;
      const watch =
        node.tlsFingerprint !== null &&
        node.pveName !== null &&
        node.state !== "unverified" &&
        node.state !== "key_changed";
      return { watch, lookedAt: node.lookedAt, fingerprint: pinsOf(node) };
    },

    async keep(nodeId, { pveName, resources }) {
      const seenAt = new Date();
      const all = resources.filter(isGuest);
      const own = resources.find(({ type, node }) => type === "node" && node === pveName);
      await db.$transaction(async (transaction) => {
        const node = await transaction.proxmoxNode.findFirst({
          where: { id: nodeId, ...savedNode },
          select: { state: true, report: true },
        });
        if (node === null || node.state === "key_changed") return;
        const live = await transaction.container.findMany({
          where: { nodeId, vmid: { not: null }, lifecycle: { not: "deleted" } },
          select: { vmid: true },
        });
        const guests = kept(all, new Set(live.map(({ vmid }) => vmid)));
        await transaction.directSighting.deleteMany({
          where: { nodeId, seenAt: { lte: new Date(seenAt.getTime() - NEWER_MS) } },
        });
        const directly = new Set(
          (await transaction.directSighting.findMany({ where: { nodeId }, select: { vmid: true } })).map(
            ({ vmid }) => vmid,
          ),
        );
        const rows = guests.filter(({ vmid }) => !directly.has(vmid)).map(guestRow);
        await transaction.guestObservation.deleteMany({ where: { nodeId, vmid: { notIn: [...directly] } } });
        for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
          await write(transaction, { nodeId, seenAt }, rows.slice(at, at + ROWS_AT_ONCE));
        const usage = {
          cpu: own?.cpu ?? null,
          maxCpu: own?.maxcpu ?? null,
          mem: big(own?.mem),
          maxMem: big(own?.maxmem),
          disk: big(own?.disk),
          maxDisk: big(own?.maxdisk),
          uptimeS: own?.uptime ?? null,
          guestsSeen: all.length,
          guestsKept: guests.length,
          seenAt,
        };
        await transaction.nodeObservation.upsert({ where: { nodeId }, create: { nodeId, ...usage }, update: usage });
        // It answers again: what its last report said holds.
        const back = node.state === "unreachable" ? backTo(node.report) : {};
        await transaction.proxmoxNode.update({
          where: { id: nodeId },
          data: { lastSeenAt: seenAt, ...back },
          select: { id: true },
        });
      });
    },

    async unreachable(nodeId, reason) {
      await db.proxmoxNode.updateMany({
        where: { id: nodeId, ...savedNode, state: { in: ["online", "needs_attention"] } },
        data: { state: "unreachable", stateReason: reason },
      });
    },

    async refused(nodeId, reason) {
      await db.proxmoxNode.updateMany({
        where: { id: nodeId, ...savedNode, state: { in: ["online", "unreachable"] } },
        data: { state: "needs_attention", stateReason: reason },
      });
    },

    async saw(nodeId, vmid, guest) {
      const seenAt = new Date();
      await db.$transaction(async (transaction) => {
        await transaction.directSighting.upsert({
          where: { nodeId_vmid: { nodeId, vmid } },
          create: { nodeId, vmid, seenAt },
          update: { seenAt },
        });
        if (guest === null) await transaction.guestObservation.deleteMany({ where: { nodeId, vmid } });
        else {
          const { status, name, tags } = guest;
          const data = {
            status,
            seenAt,
            ...(name === undefined ? {} : { name }),
            ...(tags === undefined ? {} : { tags }),
            lock: null,
            ...unmeasured,
          };
          await transaction.guestObservation.upsert({
            where: { nodeId_vmid: { nodeId, vmid } },
            create: { nodeId, vmid, kind: "lxc", ...data },
            update: data,
          });
        }
        // The announcement hangs on this row.
        await transaction.nodeObservation.updateMany({ where: { nodeId }, data: { uptimeS: { increment: 0 } } });
      });
    },
  };
}

/** A machine of a lab has hundreds; a node that lists more than this has rows of our own guests and of the first of the others. */
export const MOST_GUESTS = 5_000;
const ROWS_AT_ONCE = 1_000;

/** As one text: a parameter for each value of five thousand rows takes seconds. */
async function write(
  transaction: DbOrTransaction,
  { nodeId, seenAt }: { nodeId: string; seenAt: Date },
  rows: readonly ReturnType<typeof guestRow>[],
): Promise<void> {
  const text = JSON.stringify(rows);
  await transaction.$executeRaw`
    INSERT INTO "GuestObservation" ("nodeId", "vmid", "kind", "name", "status", "lock", "tags", "cpu", "maxCpu", "mem", "maxMem", "disk", "maxDisk", "uptimeS", "seenAt")
    SELECT ${nodeId}::uuid, "vmid", "kind", "name", "status", "lock", "tags", "cpu", "maxCpu", "mem", "maxMem", "disk", "maxDisk", "uptimeS", ${seenAt}
    FROM jsonb_to_recordset(${text}::jsonb) AS guest("vmid" integer, "kind" text, "name" text, "status" text, "lock" text, "tags" text, "cpu" float8, "maxCpu" float8,
      "mem" bigint, "maxMem" bigint, "disk" bigint, "maxDisk" bigint, "uptimeS" integer)
    ON CONFLICT DO NOTHING`;
}

/** Ours, and those that carry a tag of any Homeport, all; of the others the lowest VMIDs, with what tells whose a VMID is. */
function kept(all: readonly Guest[], own: ReadonlySet<number | null>): Guest[] {
  const isOwn = ({ vmid, tags }: Guest): boolean => own.has(vmid) || (own.size > 0 && ownershipTags(tags).length > 0);
  const ours = all.filter(isOwn).slice(0, MOST_GUESTS);
  const others = all
    .filter((guest) => !isOwn(guest))
    .sort((a, b) => a.vmid - b.vmid)
    .slice(0, MOST_GUESTS - ours.length);
  return [...ours, ...others.map(({ type, vmid, name, status, tags }): Guest => ({ type, vmid, name, status, tags }))];
}

/** An operation sees a state, no figures; those of before it, its uptime first of all, are no longer true. */
const unmeasured = { cpu: 0, mem: 0n, maxMem: 0n, disk: 0n, maxDisk: 0n, uptimeS: 0 } as const;

type Guest = SeenResource & { vmid: number };
const isGuest = (resource: SeenResource): resource is Guest =>
  (resource.type === "lxc" || resource.type === "qemu") && resource.vmid !== undefined && resource.vmid !== null;

function guestRow(guest: Guest) {
  return {
    vmid: guest.vmid,
    kind: guest.type,
    name: guest.name ?? null,
    status: guest.status ?? "unknown",
    lock: guest.lock ?? null,
    tags: guest.tags ?? null,
    cpu: guest.cpu ?? 0,
    maxCpu: guest.maxcpu ?? 0,
    mem: whole(guest.mem),
    maxMem: whole(guest.maxmem),
    disk: whole(guest.disk),
    maxDisk: whole(guest.maxdisk),
    uptimeS: whole(guest.uptime),
  };
}

function backTo(stored: unknown) {
  const report = NodeReport.safeParse(stored);
  const notChecked = { state: "needs_attention", reason: { why: "not_checked" } satisfies NodeReasonCode } as const;
  const { state, reason } = report.success ? reportState(report.data) : notChecked;
  return { state, stateReason: reason ?? Prisma.DbNull };
}

const big = (value: number | null | undefined): bigint | null =>
  value === undefined || value === null ? null : BigInt(Math.round(value));
const whole = (value: number | null | undefined): number => Math.round(value ?? 0);
