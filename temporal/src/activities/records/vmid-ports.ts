// Automatic VMIDs: reserved one after the other, so that fifty creations at once do not all try for the same.
import type { Db } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import { isKnownError } from "@homeport/db/known-error";
import { machineOf } from "@homeport/domain/run/slot-queue";
import { VMID_MAX, VMID_MIN } from "@homeport/domain/container/vmid";
import { StepFailure } from "../failures";
import type { VmidPorts } from "../vmid-ports";

export function createVmidPorts(db: Db): VmidPorts {
  const held = async (containerId: string): Promise<number[]> => {
    const { node } = await db.container.findUniqueOrThrow({
      where: { id: containerId },
      select: { node: { select: { id: true, tlsFingerprint: true, pveName: true } } },
    });
    const rows = await db.container.findMany({
      where: { node: machineOf(node), vmid: { not: null }, lifecycle: { not: "deleted" }, id: { not: containerId } },
      select: { vmid: true },
    });
    return rows.flatMap(({ vmid }) => (vmid === null ? [] : [vmid]));
  };
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
      held,
      async reserve(containerId, candidates) {
        for (const vmid of candidates) {
          try {
            await db.container.update({ where: { id: containerId }, data: { vmid }, select: { id: true } });
            return vmid;
          } catch (error) {
            // The index container_live_vmid: somebody was faster.
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
