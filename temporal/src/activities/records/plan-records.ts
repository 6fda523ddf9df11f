// The rows that plans are made from and kept in.
import type { Db } from "@homeport/db/client";
import { PlanDocument } from "@homeport/domain/plan";
import { TemplateDefinition } from "@homeport/domain/template";
import { VMID_MAX, VMID_MIN } from "@homeport/domain/vmid";
import { cut, StepFailure } from "../failures";
import type { PlanPorts } from "../plan-ports";

export function createPlanPorts(db: Db): PlanPorts {
  return {
    plans: {
      async facts({ spec, containerId }) {
        const [revision, node, held] = await Promise.all([
          db.templateRevision.findUnique({ where: { id: spec.templateRevisionId }, select: { revision: true, definition: true } }),
          db.proxmoxNode.findFirst({ where: { id: spec.nodeId, retiredAt: null, draftUntil: null }, select: { name: true, vmidFrom: true, vmidTo: true } }),
          db.container.findMany({
            where: { nodeId: spec.nodeId, vmid: { not: null }, lifecycle: { not: "deleted" }, ...(containerId === undefined ? {} : { id: { not: containerId } }) },
            select: { vmid: true, hostname: true },
          }),
        ]);
        if (revision === null || node === null) throw new StepFailure("The node or the template was removed from Homeport.");
        return {
          template: TemplateDefinition.parse(revision.definition),
          revision: revision.revision,
          nodeName: node.name,
          range: { from: node.vmidFrom ?? VMID_MIN, to: node.vmidTo ?? VMID_MAX },
          held: held.flatMap(({ vmid, hostname }) => (vmid === null ? [] : [{ vmid, hostname }])),
        };
      },
      async shown(runId) {
        const { planHash: hash, userId } = await db.run.findUniqueOrThrow({ where: { id: runId }, select: { planHash: true, userId: true } });
        if (hash === null) return null;
        const plan = await db.plan.findUnique({ where: { userId_hash: { userId, hash } }, select: { document: true } });
        return { hash, document: PlanDocument.safeParse(plan?.document).data ?? null };
      },
      async show(runId, { hash, document }) {
        await db.$transaction(async (transaction) => {
          const { userId, input } = await transaction.run.update({ where: { id: runId }, data: { planHash: hash, version: { increment: 1 } }, select: { userId: true, input: true } });
          await transaction.plan.upsert({ where: { userId_hash: { userId, hash } }, create: { userId, hash, document, input: input ?? {} }, update: { document }, select: { id: true } });
        });
      },
      async passed(runId) {
        return (await db.runStep.count({ where: { runId, name: { not: "plan" }, startedAt: { not: null } } })) > 0;
      },
    },
    async progress({ runId, step, attempt }, words) {
      await db.$transaction(async (transaction) => {
        await transaction.run.update({ where: { id: runId }, data: { version: { increment: 1 } }, select: { id: true } });
        await transaction.runStep.updateMany({ where: { runId, name: step, attempt, state: "running" }, data: { detail: cut(words) } });
      });
    },
  };
}
