// One request, by its id: not there for those who neither asked nor can decide.
import type { DbOrTransaction } from "@homeport/db/client";
import { approvalState, whyEnded } from "@homeport/domain/approval/approval-state";
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { AppError } from "@homeport/domain/error";
import type { QuotaOf } from "@homeport/domain/quota/quota";
import { raisable, readRaiser, visibleApprovals } from "../access/approvals";
import { notFound } from "../access/not-found";
import { ContainerSpec } from "../containers/spec";
import type { MemberContext } from "../context";

export interface Found {
  projectId: string;
  organizationId: string;
  nodeId: string;
  /** Who asked. */
  userId: string;
  askedBy: string;
  spec: Spec;
  beyond: QuotaOf[];
  given: QuotaOf[];
  /** Those of which the caller could raise the limit. */
  mine: QuotaOf[];
}

/** Whether or not it is open. */
export async function findApproval(ctx: MemberContext, id: string, within?: DbOrTransaction): Promise<Found> {
  return (await read(ctx, id, within)).found;
}

/** One decision: the second one waits here, and is told of the first. */
export async function lockApproval(ctx: MemberContext, transaction: DbOrTransaction, id: string): Promise<Found> {
  await transaction.$queryRaw`SELECT 1 FROM "Approval" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const { found, state } = await read(ctx, id, transaction);
  const why = whyEnded(state);
  if (why !== undefined) throw new AppError("approval.ended", why);
  return found;
}

async function read(ctx: MemberContext, id: string, within?: DbOrTransaction) {
  const raiser = await readRaiser(ctx, within);
  const row = await (within ?? ctx.db).approval.findFirst({
    where: { AND: [{ id }, visibleApprovals(raiser)] },
    select: {
      projectId: true,
      nodeId: true,
      userId: true,
      input: true,
      beyond: true,
      given: true,
      decision: true,
      expiresAt: true,
      project: { select: { organizationId: true } },
      node: { select: { userId: true } },
      user: { select: { name: true } },
    },
  });
  if (row === null) throw notFound("request");
  const { projectId, nodeId, userId, user, project, node } = row;
  const { organizationId } = project;
  const found: Found = {
    projectId,
    organizationId,
    nodeId,
    userId,
    askedBy: user.name,
    spec: ContainerSpec.parse(row.input),
    ...(row as { beyond: QuotaOf[]; given: QuotaOf[] }), // what the rows are written with
    mine: raisable(raiser, { organizationId, nodeUserId: node.userId }),
  };
  return { found, state: approvalState(row, ctx.clock()) };
}
