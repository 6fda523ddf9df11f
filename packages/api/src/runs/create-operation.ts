// A run on a container that is there: start, stop, destroy and their like, with the steps of its kind.
import type { DbOrTransaction } from "@homeport/db/client";
import { planOperation } from "@homeport/domain/run/run-plan";
import type { OperationKind } from "@homeport/domain/run/run-kinds";
import { createRun } from "@homeport/records/create-run";
import type { MemberContext } from "../context";
import { nameRun } from "@homeport/records/name-run";

interface Asked {
  kind: OperationKind;
  hostname: string;
  containerId: string;
  projectId: string;
  nodeId: string;
  requestKey: string;
}

/** Answers its id. It begins when it is dispatched, after the transaction. */
export async function createOperation(
  { userId, clock }: MemberContext,
  transaction: DbOrTransaction,
  { kind, hostname, containerId, ...about }: Asked,
): Promise<string> {
  const run = nameRun({ kind, hostname }, clock());
  const subject = { type: "container", id: containerId } as const;
  await createRun(transaction, { ...run, ...about, subject, userId, steps: planOperation(kind) });
  return run.id;
}
