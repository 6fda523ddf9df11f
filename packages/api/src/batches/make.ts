// Rows of many containers at once: each with its run and the run's steps, in a few statements.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container-input";
import { planProvision } from "@homeport/domain/run-plan";
import type { TemplateDefinition } from "@homeport/domain/template";
import { newId } from "../new-id";
import { nameRun } from "../runs/name-run";
import type { Made } from "./view";

export interface Item {
  spec: ContainerSpec;
  requestKey: string;
  /** The run that this one does again. */
  againOfId?: string;
  /** The plan that it is held to; null: its run makes one first, as the engine or the node is away. */
  planHash: string | null;
}

interface Common {
  batchId: string;
  projectId: string;
  userId: string;
  template: TemplateDefinition;
  now: Date;
}

export async function makeItems(
  transaction: DbOrTransaction,
  items: readonly Item[],
  { batchId, projectId, userId, template, now }: Common,
): Promise<Made[]> {
  const made = items.map((item) => {
    const { id: runId, workflowId } = nameRun({ kind: "provision", hostname: item.spec.hostname }, now);
    return { ...item, containerId: newId(now), runId, workflowId };
  });
  await transaction.container.createMany({
    data: made.map(({ containerId, spec }) => ({
      id: containerId,
      projectId,
      nodeId: spec.nodeId,
      templateRevisionId: spec.templateRevisionId,
      createdById: userId,
      hostname: spec.hostname,
      vmid: spec.vmid,
      spec,
    })),
  });
  await transaction.run.createMany({
    data: made.map(({ runId, workflowId, containerId, spec, requestKey, planHash, againOfId = null }) => ({
      id: runId,
      workflowId,
      kind: "provision" as const,
      containerId,
      nodeId: spec.nodeId,
      userId,
      requestKey,
      input: spec,
      planHash,
      batchId,
      againOfId,
    })),
  });
  await transaction.runStep.createMany({
    data: made.flatMap(({ runId, spec }) =>
      planProvision(template, spec, { checked: true }).map(({ name, title }, position) => ({
        runId,
        name,
        title,
        position,
      })),
    ),
  });
  return made.map(({ containerId, runId, spec }) => ({ containerId, runId, nodeId: spec.nodeId }));
}
