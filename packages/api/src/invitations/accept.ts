// Somebody joins by an invitation: once, as the person it was meant for, with the roles that were chosen.
import { hashToken, type Person } from "@homeport/auth";
import type { DbOrTransaction } from "@homeport/db/client";
import { invitationStateText } from "@homeport/domain/text/invitation-text";
import { AppError } from "@homeport/domain/error";
import { lockOrganization } from "../access/organizations";
import { hasFactor } from "../access/required-factor";
import { personActor } from "../access/actor";
import type { Context, InPersonContext } from "../context";
import { ended, revokeFor } from "./settle";
import { stateOf, unknown } from "./show";

/** Of one organization. */
export const MOST_MEMBERS = 500;

export interface Joined {
  /** Of the organization; null where it requires a second factor that the person has not: they see nothing of it yet. */
  slug: string | null;
  projectSlug: string | null;
}

export async function acceptInvitation(ctx: InPersonContext, token: string): Promise<Joined> {
  return ctx.db.$transaction((transaction) => join(ctx, transaction, { token, person: ctx.signedIn.person }));
}

/** The organization whose invitation this is, locked: before all other locks of the transaction, as everywhere. */
export async function lockInvited(transaction: DbOrTransaction, token: string): Promise<string> {
  const tokenHash = hashToken(token);
  const found = await transaction.invitation.findUnique({ where: { tokenHash }, select: { organizationId: true } });
  if (found === null) throw unknown();
  await lockOrganization(transaction, found.organizationId);
  return found.organizationId;
}

/**
 * In a transaction that holds no other lock yet, or has called `lockInvited` first. Accepting again what one has accepted answers
 * the same, as after a lost answer.
 */
export async function join(
  ctx: Pick<Context, "audit" | "clock">,
  transaction: DbOrTransaction,
  { token, person }: { token: string; person: Person },
): Promise<Joined> {
  const organizationId = await lockInvited(transaction, token);
  const row = await transaction.invitation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      id: true,
      role: true,
      email: true,
      projectId: true,
      projectRole: true,
      expiresAt: true,
      acceptedAt: true,
      acceptedById: true,
      revokedAt: true,
      organization: { select: { slug: true, name: true, requiresSecondFactor: true } },
      project: { select: { slug: true, name: true } },
      invitedBy: { select: { email: true, status: true } },
    },
  });
  if (row === null) throw unknown(); // renewed while the lock was waited for
  const keptOut = row.organization.requiresSecondFactor && !(await hasFactor(transaction, person.id));
  const joined = keptOut
    ? { slug: null, projectSlug: null }
    : { slug: row.organization.slug, projectSlug: row.project?.slug ?? null };
  if (row.acceptedById === person.id && (await isMember(transaction, { organizationId, userId: person.id }))) {
    ctx.audit.nothing("the first arrival wrote the line");
    return joined;
  }
  const state = stateOf(row, ctx.clock());
  if (state !== "open") throw ended(invitationStateText[state]);
  if (row.email !== null && row.email.toLowerCase() !== person.email.toLowerCase())
    throw new AppError(
      "invitation.other_account",
      `This invitation is for ${row.email}, and your account has the address ${person.email}. Sign in with the other one, or ask for an invitation for yours.`,
    );
  await requireNew(transaction, { organizationId, userId: person.id, name: row.organization.name });
  await transaction.organizationMember.create({
    data: { organizationId, userId: person.id, role: row.role },
    select: { id: true },
  });
  if (row.projectId !== null)
    await transaction.projectMember.create({
      data: {
        projectId: row.projectId,
        userId: person.id,
        // What stands there counts only once it is the project's own.
        role: row.projectRole ?? "VIEWER",
        inheritedFromOrg: row.projectRole === null,
      },
      select: { id: true },
    });
  await transaction.invitation.update({
    where: { id: row.id },
    data: { acceptedAt: ctx.clock(), acceptedById: person.id },
    select: { id: true },
  });
  await revokeFor(transaction, { organizationId, userId: person.id, at: ctx.clock() });
  await ctx.audit(transaction, {
    action: "member.join",
    target: { type: "organization", id: organizationId, name: row.organization.name },
    actor: personActor(person),
    organizationId,
    ...(row.projectId === null ? {} : { projectId: row.projectId }),
    details: {
      role: row.role,
      ...(row.project === null ? {} : { project: row.project.name, projectRole: row.projectRole ?? "inherited" }),
      invitedBy: row.invitedBy.email,
    },
  });
  return joined;
}

async function isMember(
  transaction: DbOrTransaction,
  { organizationId, userId }: { organizationId: string; userId: string },
): Promise<boolean> {
  const where = { organizationId_userId: { organizationId, userId } };
  return (await transaction.organizationMember.findUnique({ where, select: { id: true } })) !== null;
}

async function requireNew(
  transaction: DbOrTransaction,
  { organizationId, userId, name }: { organizationId: string; userId: string; name: string },
): Promise<void> {
  const count = await transaction.organizationMember.count({ where: { organizationId } });
  if (await isMember(transaction, { organizationId, userId }))
    throw new AppError("invitation.member", `You belong to ${name} already: somebody else can use this invitation.`);
  if (count >= MOST_MEMBERS)
    throw new AppError(
      "organization.full",
      `${name} has ${count} members, which is the most that one organization has.`,
    );
}
