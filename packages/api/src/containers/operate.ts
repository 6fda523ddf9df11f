// Starts an operation on a container: refused by the same table that disables the button, else a run with its steps.
import { containerState, whyNot } from "@homeport/domain/container/container-state";
import { whyNotLent } from "@homeport/domain/lease/why-not-lent";
import type { DbOrTransaction, Prisma } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { type ContainerAction, runKinds } from "@homeport/domain/run/run-kinds";
import { z } from "zod";
import type { MemberContext } from "../context";
import { uniqueIndex } from "@homeport/db/known-error";
import { findAnswer, keepAnswer } from "../idempotency";
import { dispatch } from "../runs/dispatch";
import { createOperation } from "../runs/create-operation";
import { lockLease } from "@homeport/records/lease-rows";
import { guestOwner, observedOf, readGuests } from "@homeport/records/guests";
import { owned } from "../access/owned";
import { uuid } from "@homeport/domain/text/uuid";

const select = {
  ...guestOwner,
  hostname: true,
  lifecycle: true,
  node: { select: { state: true } },
  runs: { where: { state: { in: [...ActiveRunStates] } }, select: { kind: true, state: true }, take: 1 },
} as const satisfies Prisma.ContainerSelect;
type Row = Prisma.ContainerGetPayload<{ select: typeof select }>;

const Begun = z.object({ runId: uuid() });

/** A click that is sent again answers the run of the first. */
export async function operate(
  ctx: MemberContext,
  kind: ContainerAction,
  { id, requestKey }: { id: string; requestKey: string },
): Promise<{ runId: string }> {
  const { row: container, membership } = await owned(
    ctx,
    { noun: "container", id, permission: runKinds[kind].permission },
    select,
  );
  const request = { key: requestKey, action: `containers.${kind}`, content: { id }, outcome: Begun };
  const repeated = await findAnswer(ctx, request);
  if (repeated) return repeated;
  await requireAllowed(ctx, kind, container);
  const { nodeId, hostname } = container;
  const { projectId } = membership;
  try {
    const runId = await ctx.db.$transaction(async (transaction) => {
      await requireLent(transaction, kind, id);
      const runId = await createOperation(ctx, transaction, {
        kind,
        hostname,
        containerId: id,
        projectId,
        nodeId,
        requestKey,
      });
      await ctx.audit(transaction, {
        action: `container.${kind}`,
        target: { type: "container", id, name: hostname },
        organizationId: membership.organizationId,
        projectId,
        details: { vmid: container.vmid, run: runId },
      });
      await keepAnswer(ctx, request, { within: transaction, answer: { runId } });
      return runId;
    });
    await dispatch(ctx, { runId, kind, containerId: id, nodeId });
    return { runId };
  } catch (error) {
    // Of two arrivals at once the second may also meet the first one's run.
    const index = uniqueIndex(error);
    const first = index === undefined ? undefined : await findAnswer(ctx, request);
    if (first) return first;
    if (index === "run_one_active_per_container")
      throw new AppError("operate.state", "Another operation on this container was begun a moment ago.", {
        cause: error,
      });
    throw error;
  }
}

/** Behind the lease's lock, where it is asked at all: one that ends at this moment comes before or after. */
async function requireLent(transaction: DbOrTransaction, kind: ContainerAction, id: string): Promise<void> {
  if (!runKinds[kind].leavesRunning) return;
  const refusal = whyNotLent(kind, await lockLease(transaction, id));
  if (refusal !== undefined) throw new AppError("operate.state", refusal);
}

async function requireAllowed(ctx: MemberContext, kind: ContainerAction, container: Row): Promise<void> {
  const guest = (await readGuests(ctx.db, [container])).get(container.id);
  const state = containerState({
    lifecycle: container.lifecycle,
    activeRun: container.runs[0] ?? null,
    ...observedOf(guest, ctx.clock()),
  });
  const refusal = whyNot(kind, state, container.node.state);
  if (refusal !== undefined) throw new AppError("operate.state", refusal);
}
