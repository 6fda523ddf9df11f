// What was seen on a node, each poll whole in one transaction; its NodeObservation row wakes those who look.
import type { Db } from "@homeport/db/client";
import { NodeReport, reportState } from "@homeport/domain/node-report";
import type { SeenResource, Sightings } from "../ports";
import { pinsOf } from "./node-pins";

/** A node refreshes /cluster/resources every 10 s: what an operation saw itself is newer than that for as long. */
const NEWER_MS = 12_000;

export function createSightings(db: Db): Sightings {
  const seenDirectly = new Map<string, number>();
  const key = (nodeId: string, vmid: number): string => `${nodeId}/${vmid}`;
  const isNewer = (nodeId: string, vmid: number): boolean => (seenDirectly.get(key(nodeId, vmid)) ?? 0) > Date.now() - NEWER_MS;

  return {
    async attention(nodeId) {
      const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, retiredAt: null } });
      if (node === null) return undefined;
      const watch = node.tlsFingerprint !== null && node.pveName !== null && node.state !== "unverified" && node.state !== "key_changed";
      return { watch, lookedAt: node.lookedAt, fingerprint: pinsOf(node) };
    },

    async keep(nodeId, { pveName, resources }) {
      const seenAt = new Date();
      const guests = resources.filter(isGuest);
      const rows = guests.filter(({ vmid }) => !isNewer(nodeId, vmid)).map((guest) => ({ nodeId, ...guestRow(guest), seenAt }));
      const own = resources.find(({ type, node }) => type === "node" && node === pveName);
      for (const [at, time] of seenDirectly) if (time < Date.now() - NEWER_MS) seenDirectly.delete(at);
      await db.$transaction(async (transaction) => {
        const node = await transaction.proxmoxNode.findFirst({ where: { id: nodeId, retiredAt: null }, select: { state: true, report: true } });
        if (node === null || node.state === "key_changed") return;
        const fresh = guests.filter(({ vmid }) => isNewer(nodeId, vmid)).map(({ vmid }) => vmid);
        const directly = [...seenDirectly.keys()].filter((at) => at.startsWith(`${nodeId}/`)).map((at) => Number(at.split("/")[1]));
        await transaction.guestObservation.deleteMany({ where: { nodeId, vmid: { notIn: [...new Set([...fresh, ...directly])] } } });
        await transaction.guestObservation.createMany({ data: rows, skipDuplicates: true });
        const usage = { cpu: own?.cpu ?? null, maxCpu: own?.maxcpu ?? null, mem: big(own?.mem), maxMem: big(own?.maxmem), disk: big(own?.disk), maxDisk: big(own?.maxdisk), uptimeS: own?.uptime ?? null, seenAt };
        await transaction.nodeObservation.upsert({ where: { nodeId }, create: { nodeId, ...usage }, update: usage });
        // It answers again: what its last report said holds.
        const back = node.state === "unreachable" ? backTo(node.report) : {};
        await transaction.proxmoxNode.update({ where: { id: nodeId }, data: { lastSeenAt: seenAt, ...back }, select: { id: true } });
      });
    },

    async unreachable(nodeId, why) {
      await db.proxmoxNode.updateMany({ where: { id: nodeId, retiredAt: null, state: { in: ["online", "needs_attention"] } }, data: { state: "unreachable", stateReason: why } });
    },

    async refused(nodeId, why) {
      await db.proxmoxNode.updateMany({ where: { id: nodeId, retiredAt: null, state: { in: ["online", "unreachable"] } }, data: { state: "needs_attention", stateReason: why } });
    },

    async saw(nodeId, vmid, guest) {
      seenDirectly.set(key(nodeId, vmid), Date.now());
      const seenAt = new Date();
      await db.$transaction(async (transaction) => {
        if (guest === null) await transaction.guestObservation.deleteMany({ where: { nodeId, vmid } });
        else {
          const { status, name, tags } = guest;
          const data = { status, seenAt, ...(name === undefined ? {} : { name }), ...(tags === undefined ? {} : { tags }), lock: null };
          await transaction.guestObservation.upsert({ where: { nodeId_vmid: { nodeId, vmid } }, create: { nodeId, vmid, kind: "lxc", ...data }, update: data });
        }
        // The announcement hangs on this row.
        await transaction.nodeObservation.updateMany({ where: { nodeId }, data: { uptimeS: { increment: 0 } } });
      });
    },
  };
}

type Guest = SeenResource & { vmid: number };
const isGuest = (resource: SeenResource): resource is Guest => (resource.type === "lxc" || resource.type === "qemu") && resource.vmid !== undefined && resource.vmid !== null;

function guestRow(guest: Guest) {
  return {
    vmid: guest.vmid, kind: guest.type, name: guest.name ?? null, status: guest.status ?? "unknown", lock: guest.lock ?? null, tags: guest.tags ?? null,
    cpu: guest.cpu ?? 0, maxCpu: guest.maxcpu ?? 0, mem: big(guest.mem) ?? 0n, maxMem: big(guest.maxmem) ?? 0n, disk: big(guest.disk) ?? 0n, maxDisk: big(guest.maxdisk) ?? 0n, uptimeS: Math.round(guest.uptime ?? 0),
  };
}

function backTo(stored: unknown): { state: "online" | "needs_attention"; stateReason: string | null } {
  const report = NodeReport.safeParse(stored);
  if (!report.success) return { state: "needs_attention", stateReason: "It answers; it has not been checked yet." };
  const { state, reason } = reportState(report.data);
  return { state, stateReason: reason };
}

const big = (value: number | null | undefined): bigint | null => (value === undefined || value === null ? null : BigInt(Math.round(value)));
