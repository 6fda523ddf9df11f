// Whether a container can be made with changed settings: the same questions as at its creation, about what changes.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { takenAddresses } from "@homeport/domain/lan";
import { NodeInventory } from "@homeport/domain/node-report";
import type { SpecEdit } from "@homeport/domain/step-edit";
import { readLans } from "../containers/lans";
import { ContainerSpec } from "../containers/spec";
import { vmidHolder } from "../nodes/vmid";
import type { JudgedRun } from "./outbox";

/** Throws with `fields` named as the input is: "edit.spec.storage". */
export async function requireSpecEdit(within: DbOrTransaction, { nodeId, container }: JudgedRun, edit: SpecEdit): Promise<void> {
  const why: Record<string, string> = {};
  const { inventory: stored } = await within.proxmoxNode.findUniqueOrThrow({ where: { id: nodeId }, select: { inventory: true } });
  const inventory = NodeInventory.safeParse(stored).data;
  const { storage, bridge, osTemplate, vmid } = edit;
  if (inventory && storage !== undefined && !inventory.storages.some(({ name, forContainers }) => name === storage && forContainers)) why.storage = `The node has no storage ${storage} for containers.`;
  if (inventory && bridge !== undefined && !inventory.bridges.some(({ name }) => name === bridge)) why.bridge = `The node has no bridge ${bridge}.`;
  if (inventory && osTemplate !== undefined && !inventory.osTemplates.some(({ volid }) => volid === osTemplate)) why.osTemplate = "The node does not have this OS template.";
  if (vmid !== undefined && vmid !== null) {
    const own = await within.container.count({ where: { id: container.id, vmid, lifecycle: { not: "deleted" } } });
    const holder = own > 0 ? undefined : await vmidHolder(within, { nodeId, vmid });
    if (holder !== undefined) why.vmid = `VMID ${vmid} is taken by ${holder}.`;
  }
  if (edit.hostname !== undefined) {
    const same = await within.container.count({ where: { nodeId, id: { not: container.id }, hostname: { equals: edit.hostname, mode: "insensitive" }, lifecycle: { not: "deleted" } } });
    if (same > 0) why.hostname = `This node has a container called ${edit.hostname} already.`;
  }
  if (edit.network !== undefined || edit.bridge !== undefined || edit.vlan !== undefined) {
    const { bridge: bridgeNow, vlan: vlanNow, network: networkNow } = ContainerSpec.parse(container.spec);
    const { vlan = vlanNow, network = networkNow } = edit;
    Object.assign(why, takenAddresses({ bridge: bridge ?? bridgeNow, vlan, network }, await readLans(within, { nodeId, exceptId: container.id, for: [{ network }] })));
  }
  const [first] = Object.values(why);
  if (first !== undefined) throw new AppError("run.edit", first, { fields: Object.fromEntries(Object.entries(why).map(([path, text]) => [`edit.spec.${path}`, text])) });
}
