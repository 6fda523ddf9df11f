// An invitation to an organization: a link with a token that is shown once, for one person and seven days.
import { hashToken, newToken } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { uniqueIndex } from "@homeport/db/known-error";
import { maySetProjectRole } from "@homeport/domain/access/project-rank";
import { AppError } from "@homeport/domain/error";
import type { CreateInvitationInput } from "@homeport/domain/invitation/invitation-input";
import { notFound } from "../access/not-found";
import { readProjectMembers } from "../access/project-members";
import { inOrganization } from "../access/organizations";
import { roleForbids } from "../access/projects";
import type { MemberContext } from "../context";
import { requireRank } from "../organizations/members/require-rank";
import { mailInvitation, type Mailed } from "./mail-invitation";
import { invited, openInvitation } from "./open-invitation";

const DAY_MS = 86_400_000;
/** Open ones of one organization. */
export const MOST_INVITATIONS = 200;

export interface IssuedInvitation {
  id: string;
  /** Only here: the row has its hash. */
  token: string;
  expiresAt: Date;
  mailed: Mailed;
}

/** What makes a link: a token that nobody else knows, and until when it counts. */
export function newLink({ clock }: Pick<MemberContext, "clock">) {
  const token = newToken();
  return { token, tokenHash: hashToken(token), expiresAt: new Date(clock().getTime() + 7 * DAY_MS) };
}

export async function createInvitation(
  ctx: MemberContext,
  { organizationId, email, role, projectId, projectRole }: CreateInvitationInput,
): Promise<IssuedInvitation> {
  const { token, tokenHash, expiresAt } = newLink(ctx);
  const address = email === "" ? null : email;
  await ctx.auth.limitInvitations(ctx.userId);
  const mayMail = address !== null && (await ctx.auth.mayMailTo(address));
  const asked = { organizationId, permission: "member:write" } as const;
  const creation = inOrganization(ctx, asked, async (transaction, mine) => {
    requireRank(mine, role, organizationId);
    if (address !== null) await requireNoMember(transaction, { organizationId, email: address });
    await requireRoom(transaction, organizationId);
    const project = projectId === "" ? null : await projectOf(transaction, { id: projectId, organizationId });
    if (project !== null) {
      const [self] = await readProjectMembers(transaction, { projectId, organizationId, userId: ctx.userId });
      const to = projectRole === "inherited" ? role : projectRole;
      const theirs = { organization: role, project: null };
      if (self === undefined || !maySetProjectRole(self, { theirs, to }))
        throw roleForbids({ projectId, organizationId });
    }
    const { id } = await transaction.invitation.create({
      data: {
        organizationId,
        role,
        projectId: project?.id ?? null,
        projectRole: project === null || projectRole === "inherited" ? null : projectRole,
        email: address,
        tokenHash,
        invitedById: ctx.userId,
        createdAt: ctx.clock(),
        expiresAt,
      },
      select: { id: true },
    });
    await ctx.audit(transaction, {
      action: "invitation.create",
      target: { type: "invitation", id, name: invited(address) },
      organizationId,
      details: { role, ...(project === null ? {} : { project: project.name, projectRole }) },
    });
    return { id, token, expiresAt, mailed: await mailInvitation(ctx, transaction, { id, token, expiresAt, mayMail }) };
  });
  return creation.catch((error: unknown) => {
    if (uniqueIndex(error) !== "invitation_open_email") throw error;
    const why = "There is an open invitation for this address: make a new link of it, or revoke it first.";
    throw new AppError("invitation.open_already", why, { fields: { email: why }, cause: error });
  });
}

/** A member sees the others anyway. */
async function requireNoMember(
  transaction: DbOrTransaction,
  { organizationId, email }: { organizationId: string; email: string },
): Promise<void> {
  const member = await transaction.organizationMember.findFirst({
    where: { organizationId, user: { email } },
    select: { id: true },
  });
  if (member === null) return;
  const why = "Somebody with this address belongs to the organization already.";
  throw new AppError("invitation.member", why, { fields: { email: why } });
}

async function requireRoom(transaction: DbOrTransaction, organizationId: string): Promise<void> {
  const count = await transaction.invitation.count({
    where: { organizationId, ...openInvitation },
  });
  if (count >= MOST_INVITATIONS)
    throw new AppError(
      "invitation.too_many",
      `${count} invitations of this organization are open, which is the most at once. Revoke those that nobody needs.`,
    );
}

async function projectOf(
  transaction: DbOrTransaction,
  where: { id: string; organizationId: string },
): Promise<{ id: string; name: string }> {
  const project = await transaction.project.findFirst({
    where: { ...where, retiredAt: null },
    select: { id: true, name: true },
  });
  if (project === null) throw notFound("project");
  return project;
}
