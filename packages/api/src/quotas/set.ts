// Sets the quota of a project, of an organization or of a person. What is there stays, also where it is more than that.
import { lockAccount } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { isLimited, noQuota, type Quota, type QuotaChange, withChange } from "@homeport/domain/quota/quota";
import { notFound } from "../access/not-found";
import { inOrganization } from "../access/organizations";
import { requireProject } from "../access/projects";
import type { MemberContext } from "../context";
import { quotaChange, quotaColumns } from "./columns";

/** By who manages the members of the organization, not by a role in the project. */
export async function setProjectQuota(
  ctx: MemberContext,
  { projectId, quota }: { projectId: string; quota: QuotaChange },
): Promise<Quota> {
  const { organizationId } = await requireProject(ctx, { projectId, permission: "project:read" });
  return inOrganization(ctx, { organizationId, permission: "member:write" }, async (transaction) => {
    const row = await transaction.project.findFirst({
      where: { id: projectId, retiredAt: null },
      select: { name: true, quota: { select: quotaColumns } },
    });
    if (row === null) throw notFound("project");
    return put(ctx, transaction, {
      subject: { projectId },
      before: row.quota,
      quota,
      entry: {
        action: "project.limit",
        target: { type: "project", id: projectId, name: row.name },
        organizationId,
        projectId,
      },
    });
  });
}

export async function setOrganizationQuota(
  ctx: MemberContext,
  { organizationId, quota }: { organizationId: string; quota: QuotaChange },
): Promise<Quota> {
  return inOrganization(ctx, { organizationId, permission: "ownership:write" }, async (transaction) => {
    const row = await transaction.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true, quota: { select: quotaColumns } },
    });
    return put(ctx, transaction, {
      subject: { organizationId },
      before: row.quota,
      quota,
      entry: {
        action: "organization.limit",
        target: { type: "organization", id: organizationId, name: row.name },
        organizationId,
      },
    });
  });
}

/** Of what they create from now on, wherever; for who set this installation up. */
export async function setPersonQuota(
  ctx: MemberContext,
  { id, quota }: { id: string; quota: QuotaChange },
): Promise<Quota> {
  return ctx.db.$transaction(async (transaction) => {
    await lockAccount(transaction, id);
    const row = await transaction.user.findUnique({
      where: { id },
      select: { name: true, quota: { select: quotaColumns } },
    });
    if (row === null) throw notFound("person");
    return put(ctx, transaction, {
      subject: { userId: id },
      before: row.quota,
      quota,
      entry: {
        action: "account.limit",
        target: { type: "account", id, name: row.name },
        details: { name: row.name },
      },
    });
  });
}

type Subject = { projectId: string } | { organizationId: string } | { userId: string };

interface Put {
  subject: Subject;
  before: Quota | null;
  quota: QuotaChange;
  entry: Parameters<MemberContext["audit"]>[1];
}

/** Behind the subject's lock. */
async function put(
  { audit }: MemberContext,
  transaction: DbOrTransaction,
  { subject, before, quota: changed, entry }: Put,
): Promise<Quota> {
  const quota = withChange(before ?? noQuota, changed);
  const change = quotaChange(before, quota);
  if (change === undefined) {
    audit.nothing("it is so already");
    return quota;
  }
  await transaction.quota.deleteMany({ where: ofSubject(subject) });
  if (isLimited(quota)) await transaction.quota.create({ data: { ...subject, ...quota }, select: { id: true } });
  await audit(transaction, { ...entry, details: { ...entry.details, ...change } });
  return quota;
}

function ofSubject(subject: Subject) {
  if ("projectId" in subject) return { project: { id: subject.projectId } };
  return "userId" in subject ? { user: { id: subject.userId } } : { organization: { id: subject.organizationId } };
}
