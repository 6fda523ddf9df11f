// Whether a container can be made with changed settings: the same questions as at its creation, about what changes.
import type { DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { takenAddresses } from "@homeport/domain/container/lan";
import { NodeInventory } from "@homeport/domain/node/node-report";
import type { SpecEdit } from "@homeport/domain/run/step-edit";
import { isNodeAway } from "@homeport/domain/plan/plan";
import { containerOf } from "@homeport/domain/run/run-subject";
import { ask, requireClear } from "../containers/agreed";
import { readLans } from "../containers/lans";
import { keepPlan } from "../containers/plan";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";
import { vmidHolder } from "../nodes/vmid";
import { lockRoom, requireRoomToChange } from "../quotas/require-room";
import type { JudgedRun } from "./outbox";
import { owned } from "../access/owned";

/**
 * The plan of the changed settings, made now: the run is held to it from here on. Null while engine or node is away: the run makes it
 * right before its create call. Throws `conflict` with what stands in the way.
 */
export async function agreeEdit(ctx: MemberContext, id: string, edit: SpecEdit): Promise<{ planHash: string } | null> {
  const { row: run } = await owned(
    ctx,
    { noun: "run", id, permission: "run:write" },
    { container: { select: { id: true, spec: true } } },
  );
  const container = containerOf(run);
  const spec = ContainerSpec.safeParse({ ...ContainerSpec.parse(container.spec), ...edit }).data;
  if (spec === undefined) return null; // refused with its fields, below
  const plan = await ask(ctx, () => ctx.engine.plan(spec, { containerId: container.id }));
  if (plan === null || isNodeAway(plan.document)) return null;
  // What this run has half made at its own VMID is taken back before it is made again.
  requireClear(
    plan.document.blockers.filter((one) => one.id !== "vmid:taken" || edit.vmid !== undefined),
    "edit.spec.",
  );
  await keepPlan(ctx, { ...plan, spec });
  return { planHash: plan.hash };
}

/** Throws with `fields` named as the input is: "edit.spec.storage". */
export async function requireSpecEdit(
  within: DbOrTransaction,
  { run, live, actorId }: { run: JudgedRun; live: boolean; actorId: string },
  edit: SpecEdit,
): Promise<void> {
  const { nodeId, container } = run;
  const why: Record<string, string> = {};
  const { inventory: stored } = await within.proxmoxNode.findUniqueOrThrow({
    where: { id: nodeId },
    select: { inventory: true },
  });
  // What the node said just now is newer than its last probe.
  const inventory = live ? undefined : NodeInventory.safeParse(stored).data;
  const { storage, bridge, osTemplate, vmid } = edit;
  if (
    inventory &&
    storage !== undefined &&
    !inventory.storages.some(({ name, forContainers }) => name === storage && forContainers)
  )
    why.storage = `The node has no storage ${storage} for containers.`;
  if (inventory && bridge !== undefined && !inventory.bridges.some(({ name }) => name === bridge))
    why.bridge = `The node has no bridge ${bridge}.`;
  if (inventory && osTemplate !== undefined && !inventory.osTemplates.some(({ volid }) => volid === osTemplate))
    why.osTemplate = "The node does not have this OS template.";
  if (vmid !== undefined && vmid !== null) {
    const own = await within.container.count({ where: { id: container.id, vmid, lifecycle: { not: "deleted" } } });
    const holder = own > 0 ? undefined : await vmidHolder(within, { nodeId, vmid }, { nodeJustAsked: live });
    if (holder !== undefined) why.vmid = `VMID ${vmid} is taken by ${holder}.`;
  }
  if (edit.hostname !== undefined) {
    const same = await within.container.count({
      where: {
        nodeId,
        id: { not: container.id },
        hostname: { equals: edit.hostname, mode: "insensitive" },
        lifecycle: { not: "deleted" },
      },
    });
    if (same > 0) why.hostname = `This node has a container called ${edit.hostname} already.`;
  }
  if (edit.network !== undefined || edit.bridge !== undefined || edit.vlan !== undefined) {
    const { bridge: bridgeNow, vlan: vlanNow, network: networkNow } = ContainerSpec.parse(container.spec);
    const { vlan = vlanNow, network = networkNow } = edit;
    Object.assign(
      why,
      takenAddresses(
        { bridge: bridge ?? bridgeNow, vlan, network },
        await readLans(within, { nodeId, exceptId: container.id, for: [{ network }] }),
      ),
    );
  }
  const [first] = Object.values(why);
  if (first !== undefined)
    throw new AppError("run.edit", first, {
      fields: Object.fromEntries(Object.entries(why).map(([path, text]) => [`edit.spec.${path}`, text])),
    });
  await requireRoomForEdit(within, { run, actorId }, edit);
}

/** The person's quota is that of whose container it is; the limits of the share are for who changes it. */
async function requireRoomForEdit(
  within: DbOrTransaction,
  { run: { nodeId, container }, actorId }: { run: JudgedRun; actorId: string },
  edit: SpecEdit,
): Promise<void> {
  const { id, createdById: userId, project, spec } = container;
  const place = { projectId: project.id, organizationId: project.organizationId, userId, actorId, nodeId };
  await lockRoom(within, place);
  await requireRoomToChange(within, place, {
    containerId: id,
    before: ContainerSpec.parse(spec),
    edit,
    under: "edit.spec.",
  });
}
