// A person settles what does not agree: once for each click, refused by the same rule that explains the button.
import type { OrphanState, RunKind } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import {
  mustTypeName,
  OrphanFacts,
  whyNotSettle,
  type OrphanAction,
  type OrphanResolution,
} from "@homeport/domain/orphan/orphan";
import { ActiveRunStates } from "@homeport/domain/run/run-state";
import { containerIdOf } from "@homeport/domain/run/run-subject";
import type { Prisma } from "@homeport/db/client";
import { recordEvent } from "@homeport/records/record-event";
import { giveUpRun } from "@homeport/records/run-troubles";
import { z } from "zod";
import { requireTypedName } from "../confirm-name";
import type { MemberContext } from "../context";
import { uniqueIndex } from "@homeport/db/known-error";
import { cameSecond, findAnswer, keepAnswer } from "../idempotency";
import { dispatch } from "../runs/dispatch";
import { createOperation } from "../runs/create-operation";
import { notFound } from "../access/not-found";
import { owned } from "../access/owned";
import { attachGuest } from "./attach";
import { nameOf } from "./view";
import { uuid } from "@homeport/domain/text/uuid";

interface Asked {
  id: string;
  projectId: string;
  action: OrphanAction;
  requestKey: string;
  /** Typed by the person, where that is asked for. */
  name?: string | undefined;
}

/** `runId`: what was begun, a destroy or the run that goes on. */
const Settled = z.object({ runId: uuid().nullable() });
export type Settled = z.infer<typeof Settled>;

interface Started {
  runId: string;
  kind: RunKind;
  containerId: string;
  nodeId: string;
}
interface Outcome {
  state: OrphanState;
  resolution: OrphanResolution | null;
  run?: Started;
}

export async function settleOrphan(ctx: MemberContext, asked: Asked): Promise<Settled> {
  const { row: orphan } = await owned(ctx, { noun: "orphan", id: asked.id, permission: "node:write" }, columns);
  const request = {
    key: asked.requestKey,
    action: "orphans.settle",
    content: { id: asked.id, action: asked.action, name: asked.name },
    outcome: Settled,
  };
  const repeated = await findAnswer(ctx, request);
  if (repeated) return repeated;
  // What lies outside the database first: it is harmless twice, and must not be believed to be done when it is not.
  requireAllowed(orphan, asked);
  await askEngine(ctx, orphan, asked);
  try {
    const outcome = await ctx.db.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT 1 FROM "Orphan" WHERE "id" = ${asked.id}::uuid FOR UPDATE`;
      const now = await transaction.orphan.findUniqueOrThrow({ where: { id: asked.id }, select: columns });
      requireAllowed(now, asked);
      const done = await act(ctx, transaction, { orphan: now, asked });
      const { state, resolution, run } = done;
      await transaction.orphan.update({
        where: { id: asked.id },
        data: {
          state,
          resolution,
          resolvedAt: state === "resolved" ? ctx.clock() : null,
          ...(run ? { runId: run.runId } : {}),
        },
        select: { id: true },
      });
      const details = { kind: now.kind, vmid: now.vmid, run: run?.runId ?? null };
      await ctx.audit(transaction, {
        action: `orphan.${asked.action}`,
        target: { type: "orphan", id: asked.id, name: nameOf(now.vmid, OrphanFacts.parse(now.facts)) },
        details,
      });
      await keepAnswer(ctx, request, { within: transaction, answer: { runId: run?.runId ?? null } });
      return done;
    });
    const { run } = outcome;
    if (run) await dispatch(ctx, run);
    return { runId: run?.runId ?? null };
  } catch (error) {
    const first = cameSecond(error) ? await findAnswer(ctx, request) : undefined;
    if (first) return first;
    if (uniqueIndex(error) === "container_live_vmid")
      throw new AppError("orphan.vmid_taken", "Another container of yours has this VMID on the node.", {
        cause: error,
      });
    throw error;
  }
}

const columns = {
  kind: true,
  state: true,
  subject: true,
  nodeId: true,
  vmid: true,
  containerId: true,
  runId: true,
  facts: true,
} as const satisfies Prisma.OrphanSelect;
type Row = Prisma.OrphanGetPayload<{ select: typeof columns }>;

function requireAllowed({ facts: stored, ...orphan }: Row, { action, name }: Asked): void {
  const facts = OrphanFacts.parse(stored);
  const refusal = whyNotSettle(action, { ...orphan, facts });
  if (refusal !== undefined) throw new AppError("orphan.state", refusal);
  if (mustTypeName(action, { ...orphan, facts })) requireTypedName(name, nameOf(orphan.vmid, facts));
}

async function askEngine(
  { engine, db }: MemberContext,
  { kind, subject, runId }: Row,
  { action }: Asked,
): Promise<void> {
  try {
    if (action === "delete" && kind === "workflow_without_row")
      await engine.endWorkflow(subject.slice("workflow:".length));
    if (action !== "resume" || runId === null) return;
    const run = await db.run.findFirst({
      where: { id: runId, state: { in: [...ActiveRunStates] } },
      select: { kind: true, containerId: true, nodeId: true },
    });
    if (run) await engine.resumeRun({ runId, ...run, containerId: containerIdOf(run) });
  } catch (error) {
    throw new AppError("orphan.engine_away", "The engine does not answer. Try it again in a moment.", { cause: error });
  }
}

async function act(
  ctx: MemberContext,
  transaction: Prisma.TransactionClient,
  { orphan, asked }: { orphan: Row; asked: Asked },
): Promise<Outcome> {
  const { action, requestKey, projectId } = asked;
  if (action === "ignore") return { state: "ignored", resolution: null };
  if (action === "reopen") return { state: "open", resolution: null };
  const facts = OrphanFacts.parse(orphan.facts);
  switch (orphan.kind) {
    case "guest_without_row": {
      const { nodeId, vmid } = orphan;
      if (nodeId === null || vmid === null) throw notFound("guest");
      const attached = await attachGuest(ctx, transaction, {
        guest: { nodeId, vmid, facts },
        projectId,
        lifecycle: action === "adopt" ? "ready" : "failed",
      });
      const { containerId } = attached;
      await recordEvent(transaction, containerId, {
        type: "container.reconciled",
        what: action === "adopt" ? "adopted" : "found_to_delete",
      });
      if (action === "adopt") return { state: "resolved", resolution: "adopted" };
      // A normal destroy: it compares the guest's ownership tag right before it acts.
      const hostname = facts.hostname ?? "guest";
      const runId = await createOperation(ctx, transaction, {
        kind: "destroy",
        hostname,
        containerId,
        projectId: attached.projectId,
        nodeId,
        requestKey,
      });
      return { state: "resolved", resolution: "deleted", run: { runId, kind: "destroy", containerId, nodeId } };
    }
    case "container_gone": {
      const id = orphan.containerId ?? "";
      const { count } = await transaction.container.updateMany({
        where: { id, lifecycle: { not: "deleted" }, runs: { none: { state: { in: [...ActiveRunStates] } } } },
        data: { lifecycle: "deleted", deletedAt: ctx.clock(), address: null },
      });
      if (count === 0)
        throw new AppError(
          "orphan.state",
          "An operation on this container is not finished, or it was deleted a moment ago.",
        );
      await transaction.containerService.deleteMany({ where: { containerId: id } });
      await recordEvent(transaction, id, { type: "container.reconciled", what: "marked_deleted" });
      return { state: "resolved", resolution: "marked_deleted" };
    }
    case "run_without_workflow":
      return settleRun(ctx, transaction, { runId: orphan.runId ?? "", action });
    case "workflow_without_row":
      return { state: "resolved", resolution: "workflow_ended" };
    case "stale_lock":
      throw new AppError("orphan.state", "That cannot be done about this.");
  }
}

async function settleRun(
  ctx: MemberContext,
  transaction: Prisma.TransactionClient,
  { runId, action }: { runId: string; action: OrphanAction },
): Promise<Outcome> {
  if (action === "resume") return { state: "resolved", resolution: "resumed" };
  if (!(await giveUpRun(transaction, { runId, why: "given_up", now: ctx.clock() })))
    throw new AppError("run.ended", "This run has ended.");
  return { state: "resolved", resolution: "given_up" };
}
