// Rows of many containers at once: each with its run and the run's steps, in a few statements.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { planProvision } from "@homeport/domain/run/run-plan";
import type { TemplateDefinition } from "@homeport/domain/template/template";
import { createRuns } from "@homeport/records/create-run";
import { lendNew } from "@homeport/records/lease-rows";
import { newId } from "@homeport/records/new-id";
import { nameRun } from "@homeport/records/name-run";
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
  const made = items.map((item) => ({
    ...item,
    containerId: newId(now),
    run: nameRun({ kind: "provision", hostname: item.spec.hostname }, now),
  }));
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
  const containerIds = made.map(({ containerId }) => containerId);
  await lendNew(transaction, { containerIds, projectId, ofTemplate: template.lease, userId, now });
  await createRuns(
    transaction,
    made.map(({ run, containerId, spec, requestKey, planHash, againOfId }) => ({
      ...run,
      subject: { type: "container", id: containerId },
      projectId,
      nodeId: spec.nodeId,
      userId,
      requestKey,
      input: spec,
      planHash,
      batchId,
      againOfId,
      steps: planProvision(template, spec, { checked: true }),
    })),
  );
  return made.map(({ containerId, run, spec }) => ({ containerId, runId: run.id, nodeId: spec.nodeId }));
}
