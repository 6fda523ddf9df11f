// Creates a container's row, its run and the run's steps in one transaction, then asks the engine to start.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { AppError, isAppError } from "@homeport/domain/error";
import { takenAddresses } from "@homeport/domain/container/lan";
import { planProvision } from "@homeport/domain/run/run-plan";
import { StoredTemplate } from "@homeport/domain/stored/template";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { createRun } from "@homeport/records/create-run";
import { lendNew } from "@homeport/records/lease-rows";
import { z } from "zod";
import type { MemberContext } from "../context";
import { uniqueIndex } from "@homeport/db/known-error";
import { freshly, owned } from "../access/owned";
import { vmidHolder } from "../nodes/vmid";
import { cameSecond, findAnswer, keepAnswer } from "../idempotency";
import { dispatch } from "../runs/dispatch";
import { nameRun } from "@homeport/records/name-run";
import { notFound } from "../access/not-found";
import { agree } from "./agreed";
import { requireProject } from "../access/projects";
import { inRoom, requireRoom } from "../quotas/require-room";
import { requireKnown, requireReady } from "./known";
import { readLans } from "./lans";
import { uuid } from "@homeport/domain/text/uuid";

/** `againOfId`: the run whose inputs these are, as they were or changed. `planHash`: of the plan that the person saw; without one a plan is made now. */
type Input = ContainerSpec & {
  projectId: string;
  requestKey: string;
  againOfId?: string | undefined;
  planHash?: string | undefined;
};
const Created = z.object({ containerId: uuid(), runId: uuid() });
type Created = z.infer<typeof Created>;

/** A click that is sent again answers what the first one made. */
export async function createContainer(
  ctx: MemberContext,
  { projectId, requestKey, againOfId, planHash, ...spec }: Input,
): Promise<Created> {
  // Not the plan: the node's answer is another one as soon as the container is there.
  const request = {
    key: requestKey,
    action: "containers.create",
    content: { projectId, spec, againOfId },
    outcome: Created,
  };
  const repeated = await findAnswer(ctx, request);
  if (repeated) return repeated;
  const project = await requireProject(ctx, { projectId, permission: "container:write" });
  const place = { noun: "usableNode", id: spec.nodeId, permission: "container:write", projectId } as const;
  const { row: asked } = await owned(ctx, place, { state: true, stateReason: true });
  if (againOfId !== undefined) await owned(ctx, { noun: "run", id: againOfId, permission: "run:read" }, { id: true });
  const template = await readTemplate(ctx.db, spec);
  try {
    // What is known without the node is said at once.
    requireReady(asked);
    await requireFree(ctx.db, spec, { nodeJustAsked: true });
    const room = { projectId, organizationId: project.organizationId, userId: ctx.userId, nodeId: spec.nodeId };
    const wanted = { specs: [spec], template: template.name };
    await requireRoom(ctx.db, room, wanted);
    const agreed = await agree(ctx, { spec, projectId }, planHash);
    const created = await inRoom(ctx, room, async (transaction): Promise<Created> => {
      const earlier = await findAnswer(ctx, request, transaction);
      if (earlier) return earlier;
      // Who was removed while the node was asked makes nothing.
      const { row: node } = await owned(
        { ...ctx, ...freshly(ctx, transaction) },
        { ...place, within: transaction },
        { id: true, name: true, state: true, stateReason: true, inventory: true },
      );
      requireReady(node);
      // Seen with the last probe, unless the node was asked just now.
      if (!agreed.live) requireKnown(node.inventory, spec);
      await requireFree(transaction, spec, { nodeJustAsked: agreed.live });
      await requireRoom(transaction, room, wanted);
      const answer = await makeContainer(transaction, {
        spec,
        template,
        projectId: project.projectId,
        userId: ctx.userId,
        now: ctx.clock(),
        requestKey,
        planHash: agreed.planHash,
        againOfId,
      });
      await ctx.audit(transaction, {
        action: "container.create",
        target: { type: "container", id: answer.containerId, name: spec.hostname },
        organizationId: project.organizationId,
        projectId: project.projectId,
        details: { template: template.name, node: node.name, vmid: spec.vmid, run: answer.runId },
      });
      await keepAnswer(ctx, request, { within: transaction, answer });
      return answer;
    });
    await dispatch(ctx, { ...created, kind: "provision", nodeId: spec.nodeId });
    return created;
  } catch (error) {
    // Of two arrivals at once the second may be refused for what the first one made.
    const first = cameSecond(error) || isAppError(error) ? await findAnswer(ctx, request) : undefined;
    if (first) return first;
    if (uniqueIndex(error) !== "container_live_vmid") throw error;
    const why = `VMID ${spec.vmid} was taken a moment ago.`;
    throw new AppError("create.taken", why, { fields: { vmid: why }, cause: error });
  }
}

interface Making {
  spec: ContainerSpec;
  template: TemplateDefinition;
  projectId: string;
  /** Whose it is. */
  userId: string;
  now: Date;
  requestKey: string;
  /** Null: its run makes the plan. */
  planHash: string | null;
  againOfId?: string | undefined;
}

/** The rows of one container, its run and the run's steps. */
export async function makeContainer(
  transaction: DbOrTransaction,
  { spec, template, projectId, userId, now, requestKey, planHash, againOfId }: Making,
): Promise<Created> {
  const { nodeId, templateRevisionId, hostname, vmid } = spec;
  const { id: containerId } = await transaction.container.create({
    data: { projectId, nodeId, templateRevisionId, createdById: userId, hostname, vmid, spec },
    select: { id: true },
  });
  await lendNew(transaction, { containerIds: [containerId], projectId, ofTemplate: template.lease, userId, now });
  const run = nameRun({ kind: "provision", hostname }, now);
  await createRun(transaction, {
    ...run,
    subject: { type: "container", id: containerId },
    projectId,
    nodeId,
    userId,
    requestKey,
    input: spec,
    planHash,
    againOfId,
    steps: planProvision(template, spec, { checked: true }),
  });
  return { containerId, runId: run.id };
}

/** The template of a revision that is still offered, with everything that the spec may not leave out. */
export async function readTemplate(
  db: DbOrTransaction,
  spec: Pick<ContainerSpec, "templateRevisionId" | "scriptsOff">,
): Promise<TemplateDefinition> {
  const revision = await db.templateRevision.findUnique({
    where: { id: spec.templateRevisionId },
    include: { template: true },
  });
  if (!revision) throw notFound("template");
  if (revision.template.retiredAt)
    throw new AppError("create.template_retired", "This template is no longer offered. Choose another.");
  const definition = StoredTemplate.parse(revision.definition);
  const needed = definition.scripts.find(({ name, optional }) => !optional && spec.scriptsOff.includes(name));
  if (needed)
    throw new AppError("create.script_needed", `“${needed.title}” cannot be left out.`, {
      fields: { scriptsOff: `“${needed.title}” cannot be left out.` },
    });
  return definition;
}

export async function requireFree(
  transaction: DbOrTransaction,
  spec: ContainerSpec,
  node: { nodeJustAsked: boolean },
): Promise<void> {
  const { nodeId, hostname, vmid } = spec;
  const fields: Record<string, string> = takenAddresses(spec, await readLans(transaction, { nodeId, for: [spec] }));
  const same = await transaction.container.findFirst({
    where: { nodeId, hostname: { equals: hostname, mode: "insensitive" }, lifecycle: { not: "deleted" } },
    select: { id: true },
  });
  if (same) fields.hostname = `This node has a container called ${hostname} already.`;
  const holder = vmid === null ? undefined : await vmidHolder(transaction, { nodeId, vmid }, node);
  if (holder !== undefined) fields.vmid = `VMID ${vmid} is taken by ${holder}.`;
  const [first] = Object.values(fields);
  if (first !== undefined) throw new AppError("create.taken", first, { fields });
}
