// Approves a request for a container beyond a quota; where nobody else has to, the container is made.
import type { DbOrTransaction } from "@homeport/db/client";
import { uniqueIndex } from "@homeport/db/known-error";
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { AppError, isAppError } from "@homeport/domain/error";
import { excessOf, type QuotaOf, takenBy } from "@homeport/domain/quota/quota";
import { owned } from "../access/owned";
import { readMemberships, readProjects } from "../access/projects";
import { allows } from "../access/rights";
import { makeContainer, readTemplate, requireFree } from "../containers/create";
import { requireKnown, requireReady } from "../containers/known";
import type { MemberContext } from "../context";
import { readBounds } from "../quotas/bounds";
import { inRoom, requireWithinShare } from "../quotas/require-room";
import { dispatch } from "../runs/dispatch";
import { decidedElsewhere, settle } from "./decide";
import { findApproval, lockApproval } from "./find";
import { mailApprovers, mailAsker } from "./mail";

/** `waitsFor`: whose quotas it is beyond still; empty once it was made. */
export interface Approved {
  id: string;
  runId: string | null;
  waitsFor: QuotaOf[];
}
type Made = Approved & { containerId?: string };

/**
 * For each quota whose limit the caller could raise. When none is left the container is made, as who asked would have made it now: their
 * rights, the share's limits and what is free are judged anew, and its run makes the plan.
 */
export async function approve(ctx: MemberContext, id: string): Promise<Approved> {
  const place = await findApproval(ctx, id);
  try {
    const { containerId, ...answer } = await inRoom(ctx, place, (transaction) => approveLocked(ctx, transaction, id));
    if (containerId !== undefined && answer.runId !== null)
      await dispatch(ctx, { containerId, runId: answer.runId, kind: "provision", nodeId: place.nodeId });
    return answer;
  } catch (error) {
    if (uniqueIndex(error) !== "container_live_vmid") throw error;
    throw new AppError("create.taken", `VMID ${place.spec.vmid} was taken a moment ago.`, { cause: error });
  }
}

async function approveLocked(ctx: MemberContext, transaction: DbOrTransaction, id: string): Promise<Made> {
  const request = await lockApproval(ctx, transaction, id);
  const { spec, projectId, organizationId, userId, nodeId, mine, askedBy } = request;
  const { share, quotas } = await readBounds(transaction, { projectId, organizationId, userId, nodeId });
  const excess = [...new Set(excessOf(quotas, takenBy(spec)).map(({ bound }) => bound.of))];
  const beyond = [...new Set([...request.beyond, ...excess])];
  const given = beyond.filter((of) => request.given.includes(of) || mine.includes(of));
  const waitsFor = excess.filter((of) => !given.includes(of));
  if (!beyond.some((of) => mine.includes(of))) throw decidedElsewhere(request);
  const entry = {
    action: "approval.approve",
    target: { type: "approval", id, name: spec.hostname },
    organizationId,
    projectId,
  } as const;
  if (waitsFor.length > 0) {
    if (given.every((of) => request.given.includes(of))) {
      ctx.audit.nothing("they have approved it already");
      return { id, runId: null, waitsFor };
    }
    await transaction.approval.update({ where: { id }, data: { beyond, given }, select: { id: true } });
    const details = { askedBy, given: given.join(", "), waitsFor: waitsFor.join(", ") };
    await ctx.audit(transaction, { ...entry, details });
    await mailApprovers(ctx, transaction, { id, of: waitsFor.filter((one) => !request.beyond.includes(one)) });
    return { id, runId: null, waitsFor };
  }
  const template = await readTemplate(transaction, spec);
  requireWithinShare(share, { specs: [spec], template: template.name });
  const node = await requireCreatable(ctx, transaction, {
    spec,
    projectId,
    userId,
    manages: mine.includes("project"),
  });
  const made = await makeContainer(transaction, {
    spec,
    template,
    projectId,
    userId,
    now: ctx.clock(),
    requestKey: `approval:${id}`,
    planHash: null,
  });
  await settle(ctx, transaction, { id, decision: "approved", beyond, given, runId: made.runId });
  await ctx.audit(transaction, {
    ...entry,
    details: {
      askedBy,
      given: given.join(", "),
      template: template.name,
      node,
      vmid: spec.vmid,
      container: made.containerId,
      run: made.runId,
    },
  });
  await mailAsker(ctx, transaction, { id, approved: true });
  return { id, waitsFor: [], ...made };
}

/** What holds for who asked, now: nobody gets by an approval what they could not create themselves but for the quota. Answers the node's name. */
async function requireCreatable(
  ctx: MemberContext,
  transaction: DbOrTransaction,
  { spec, projectId, userId, manages }: { spec: Spec; projectId: string; userId: string; manages: boolean },
): Promise<string> {
  const theirs = { userId, scope: null };
  const { status } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { status: true } });
  const asker: MemberContext = { ...ctx, ...theirs, projects: () => readProjects(transaction, theirs) };
  const place = { noun: "usableNode", id: spec.nodeId, permission: "container:write", projectId } as const;
  const columns = { name: true, state: true, stateReason: true, inventory: true } as const;
  const node = await owned(asker, { ...place, within: transaction }, columns).catch((error: unknown) => {
    if (isAppError(error)) return undefined; // they see neither the project nor the node, or may not create there
    throw error;
  });
  // For those who manage members: how an account is guarded is nobody else's to know.
  if (status === "ACTIVE" && node === undefined && manages && (await isKeptOut(transaction, { userId, projectId })))
    throw new AppError(
      "approval.void",
      "Who asked for it cannot create there until their account has two-factor sign-in, which the organization requires: approve it then.",
    );
  if (status !== "ACTIVE" || node === undefined)
    throw new AppError(
      "approval.void",
      "Who asked for it cannot create there any more: refuse the request, or approve it once they can.",
    );
  requireReady(node.row);
  requireKnown(node.row.inventory, spec);
  await requireFree(transaction, spec, { nodeJustAsked: false });
  return node.row.name;
}

/** By the lack of a second factor alone. */
async function isKeptOut(
  transaction: DbOrTransaction,
  { userId, projectId }: { userId: string; projectId: string },
): Promise<boolean> {
  const holder = { userId, scope: null };
  const role = (await readMemberships(transaction, holder)).get(projectId);
  return (
    role !== undefined && allows(role, "container:write") && !(await readProjects(transaction, holder)).has(projectId)
  );
}
