// Where the VMIDs of a container come from: the range of its node's share in its project, else the node's own, else all that Proxmox allows.
import type { DbOrTransaction } from "@homeport/db/client";
import { VMID_MAX, VMID_MIN } from "@homeport/domain/container/vmid";
import type { Creator, VmidSpan } from "../../plan-ports";

interface Node {
  id: string;
  userId: string;
  vmidFrom: number | null;
  vmidTo: number | null;
}

/** `creator`: undefined of what was asked before a Homeport knew of shares' limits. A node's owner is held to its own range alone. */
export async function readSpan(db: DbOrTransaction, node: Node, creator: Creator | undefined): Promise<VmidSpan> {
  const share =
    creator === undefined || creator.userId === node.userId
      ? null
      : await db.projectNode.findUnique({
          where: { projectId_nodeId: { projectId: creator.projectId, nodeId: node.id } },
          select: { vmidFrom: true, vmidTo: true },
        });
  return spanOf(share, "share") ?? spanOf(node, "node") ?? { from: VMID_MIN, to: VMID_MAX, setBy: null };
}

function spanOf(
  range: { vmidFrom: number | null; vmidTo: number | null } | null,
  setBy: "node" | "share",
): VmidSpan | undefined {
  if (range === null || range.vmidFrom === null || range.vmidTo === null) return undefined;
  return { from: range.vmidFrom, to: range.vmidTo, setBy };
}
