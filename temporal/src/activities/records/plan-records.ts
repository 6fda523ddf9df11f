// The rows that plans are made from and kept in.
import type { Db } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import type { StepState } from "@homeport/db/types";
import { PlanDocument } from "@homeport/domain/plan/plan";
import { promiseOf, type SpacePromise } from "@homeport/domain/plan/plan-space";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { StoredDisk } from "@homeport/domain/stored/spec";
import { StoredEstimate, StoredTemplate } from "@homeport/domain/stored/template";
import { machineColumns, machineOf } from "@homeport/domain/run/slot-queue";
import { noteRun } from "@homeport/records/note-run";
import { StepFailure } from "../failures";
import type { PlanPorts } from "../plan-ports";
import { heldOn } from "./vmid/vmid-ports";
import { readSpan } from "./vmid/vmid-span";

type Machine = Parameters<typeof machineOf>[0];

/** More are never under way at once; what is beyond is not counted. */
const MOST_PROMISES = 1_000;
const made: StepState[] = ["done", "warning"];

/** Of a container's own check: those before it. So of two that do not both fit, the first goes on and the second is told. */
async function promisedBefore(db: Db, node: Machine, containerId?: string): Promise<SpacePromise[]> {
  const rows = await db.container.findMany({
    where: {
      node: machineOf(node),
      lifecycle: "creating",
      ...(containerId === undefined ? {} : { id: { lt: containerId } }),
      runs: {
        some: {
          kind: "provision",
          state: { in: [...ActiveRunStates] },
          steps: { none: { name: "create", state: { in: made } } },
        },
      },
    },
    select: { spec: true, templateRevisionId: true },
    orderBy: { id: "asc" },
    take: MOST_PROMISES,
  });
  const revisions = await db.templateRevision.findMany({
    where: { id: { in: [...new Set(rows.map(({ templateRevisionId }) => templateRevisionId))] } },
    select: { id: true, definition: true },
  });
  const estimates = new Map(revisions.map(({ id, definition }) => [id, StoredEstimate.safeParse(definition).data]));
  return rows.flatMap(({ spec, templateRevisionId }) => {
    const [asked, estimate] = [StoredDisk.safeParse(spec).data, estimates.get(templateRevisionId)];
    return asked === undefined || estimate === undefined ? [] : [promiseOf(asked, estimate)];
  });
}

export function createPlanPorts(db: Db): PlanPorts {
  return {
    plans: {
      async facts({ spec, containerId, creator: asked }) {
        const [revision, node, made] = await Promise.all([
          db.templateRevision.findUnique({
            where: { id: spec.templateRevisionId },
            select: { revision: true, definition: true },
          }),
          db.proxmoxNode.findFirst({
            where: { id: spec.nodeId, ...savedNode },
            select: { ...machineColumns, id: true, userId: true, name: true, vmidFrom: true, vmidTo: true },
          }),
          containerId === undefined
            ? null
            : db.container.findUnique({
                where: { id: containerId },
                select: { projectId: true, createdById: true },
              }),
        ]);
        if (revision === null || node === null)
          throw new StepFailure("The node or the template was removed from Homeport.");
        const creator = made === null ? asked : { projectId: made.projectId, userId: made.createdById };
        const [held, promises, range] = await Promise.all([
          heldOn(db, node, containerId),
          promisedBefore(db, node, containerId),
          readSpan(db, node, creator),
        ]);
        return {
          template: StoredTemplate.parse(revision.definition),
          revision: revision.revision,
          nodeName: node.name,
          range,
          held,
          promises,
        };
      },
      async held(nodeId) {
        const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, ...savedNode }, select: machineColumns });
        if (node === null) throw new StepFailure("The node was removed from Homeport.");
        return heldOn(db, node);
      },
      async shown(runId) {
        const { planHash: hash, userId } = await db.run.findUniqueOrThrow({
          where: { id: runId },
          select: { planHash: true, userId: true },
        });
        if (hash === null) return null;
        const plan = await db.plan.findUnique({
          where: { userId_hash: { userId, hash } },
          select: { document: true },
        });
        return { hash, document: PlanDocument.safeParse(plan?.document).data ?? null };
      },
      async show(runId, { hash, document }) {
        await db.$transaction(async (transaction) => {
          const { userId, input } = await noteRun(transaction, runId, { planHash: hash });
          await transaction.plan.upsert({
            where: { userId_hash: { userId, hash } },
            create: { userId, hash, document, input: input ?? {} },
            update: { document },
            select: { id: true },
          });
        });
      },
      async passed(runId) {
        return (await db.runStep.count({ where: { runId, name: { not: "plan" }, startedAt: { not: null } } })) > 0;
      },
    },
    async progress({ runId, step, attempt }, detail) {
      await db.$transaction(async (transaction) => {
        await noteRun(transaction, runId);
        await transaction.runStep.updateMany({
          where: { runId, name: step, attempt, state: "running" },
          data: { detail },
        });
      });
    },
  };
}
