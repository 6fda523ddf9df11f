// Whether containers can be created on the node, and whether it has what the spec names, as its last probe saw it.
import type { NodeState } from "@homeport/db/types";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { whyNotCreate } from "@homeport/domain/container/container-state";
import { AppError } from "@homeport/domain/error";
import { readNodeReason } from "@homeport/domain/node/node-reason";
import { NodeInventory } from "@homeport/domain/node/node-report";

/** `stateReason`: as it is stored. */
export function requireReady({ state, stateReason }: { state: NodeState; stateReason: unknown }): void {
  const refusal = whyNotCreate({ state, stateReason: readNodeReason(stateReason) });
  if (refusal !== undefined) throw new AppError("create.node_state", refusal, { fields: { nodeId: refusal } });
}

export function requireKnown(stored: unknown, { storage, bridge, osTemplate }: ContainerSpec): void {
  const inventory = NodeInventory.safeParse(stored).data;
  if (!inventory)
    throw new AppError("create.node_unknown", "What the node offers is not known yet. Check the node first.", {
      fields: { nodeId: "Check the node first." },
    });
  const fields: Record<string, string> = {};
  if (!inventory.storages.some(({ name, forContainers }) => name === storage && forContainers))
    fields.storage = `The node has no storage ${storage} for containers.`;
  if (!inventory.bridges.some(({ name }) => name === bridge)) fields.bridge = `The node has no bridge ${bridge}.`;
  const [imageStorage, file = ""] = osTemplate.split(":vztmpl/");
  const offered =
    inventory.downloads.includes(file) &&
    inventory.storages.some(({ name, forTemplates }) => name === imageStorage && forTemplates);
  if (!offered && !inventory.osTemplates.some(({ volid }) => volid === osTemplate))
    fields.osTemplate = "The node does not have this OS template.";
  const [first] = Object.values(fields);
  if (first !== undefined) throw new AppError("create.not_offered", first, { fields });
}
