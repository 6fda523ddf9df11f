// Automatic VMIDs: reserved one after the other, so that fifty creations at once do not all try for the same.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { isKnownError } from "@homeport/db/known-error";
import { machineOf } from "@homeport/domain/run/slot-queue";
import { VMID_MAX, VMID_MIN } from "@homeport/domain/container/vmid";
import { StepFailure } from "../failures";
import type { VmidPorts } from "../vmid-ports";

const TRIES = 3;

export function createVmidPorts(db: Db): VmidPorts {
  return {
    vmids: {
      async range(nodeId) {
        const node = await db.proxmoxNode.findFirst({
          where: { id: nodeId, ...savedNode },
          select: { name: true, vmidFrom: true, vmidTo: true },
        });
        if (node === null) throw new StepFailure("The node was removed from Homeport.");
        const { name, vmidFrom, vmidTo } = node;
        return { from: vmidFrom ?? VMID_MIN, to: vmidTo ?? VMID_MAX, set: vmidFrom !== null, node: name };
      },
      held: (containerId) => held(db, containerId),
      async reserve(containerId, candidates) {
        for (let tries = 0; tries < TRIES; tries++) {
          try {
            return await db.$transaction((within) => reserveFirst(within, containerId, candidates));
          } catch (error) {
            // The index container_live_vmid: a person typed that one in the same moment.
            if (!isKnownError(error, "P2002")) throw error;
          }
        }
        return undefined;
      },
      async giveBack(containerId) {
        await db.container.update({ where: { id: containerId }, data: { vmid: null }, select: { id: true } });
      },
    },
  };
}

/** Those of other containers on the same machine. */
async function held(within: DbOrTransaction, containerId: string): Promise<number[]> {
  const rows = await within.container.findMany({
    where: {
      node: await machineOfContainer(within, containerId),
      vmid: { not: null },
      lifecycle: { not: "deleted" },
      id: { not: containerId },
    },
    select: { vmid: true },
  });
  return rows.flatMap(({ vmid }) => (vmid === null ? [] : [vmid]));
}

async function machineOfContainer(within: DbOrTransaction, containerId: string): Promise<ReturnType<typeof machineOf>> {
  const { node } = await within.container.findUniqueOrThrow({
    where: { id: containerId },
    select: { node: { select: { id: true, tlsFingerprint: true, pveName: true } } },
  });
  return machineOf(node);
}

async function reserveFirst(
  within: DbOrTransaction,
  containerId: string,
  candidates: readonly number[],
): Promise<number | undefined> {
  const machine = JSON.stringify(await machineOfContainer(within, containerId));
  await within.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`vmid ${machine}`}, 0))`;
  const taken = new Set(await held(within, containerId));
  const vmid = candidates.find((one) => !taken.has(one));
  if (vmid !== undefined)
    await within.container.update({ where: { id: containerId }, data: { vmid }, select: { id: true } });
  return vmid;
}
