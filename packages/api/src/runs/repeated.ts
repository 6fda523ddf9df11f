// The run that an earlier arrival of the same click made.
import type { DbOrTransaction } from "@homeport/db/client";
import type { RunKind } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import type { MemberContext } from "../context";

interface Asked {
  requestKey: string;
  kind: RunKind;
  containerId?: string;
}

/** Undefined when this is the first. A key that was used for something else is refused. */
export async function findRepeated({ db, userId, audit }: MemberContext, { requestKey, kind, containerId }: Asked, within: DbOrTransaction = db): Promise<{ runId: string; containerId: string } | undefined> {
  const run = await within.run.findUnique({ where: { userId_requestKey: { userId, requestKey } }, select: { id: true, kind: true, containerId: true } });
  if (run === null) return undefined;
  if (run.kind !== kind || (containerId !== undefined && run.containerId !== containerId)) throw new AppError("request.reused", "This request was used for something else already.");
  audit.nothing("the first arrival of this click wrote the line");
  return { runId: run.id, containerId: run.containerId };
}
