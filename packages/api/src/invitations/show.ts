// What an invitation says to whoever has its link, signed in or not.
import { hashToken } from "@homeport/auth";
import type { OrganizationRole, ProjectRole, UserStatus } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";
import type { Joined } from "./accept";

export interface InvitationLetter {
  state: InvitationState;
  /** What it offers, while it is open: an ended link tells nothing of what has changed since. */
  offer: {
    organization: string;
    role: OrganizationRole;
    project: { name: string; role: ProjectRole | "inherited" } | null;
    invitedBy: string;
    /** Only an account with this address accepts it; null: any. */
    email: string | null;
  } | null;
  /** Accepted by whoever asks, who belongs to it still: what they have joined. */
  joined: Joined | null;
}
export type InvitationState = "open" | "lapsed" | "revoked" | "accepted";

/** It is asked like a mutation, so that the token is in no URL; it changes nothing. */
export async function showInvitation(ctx: Context, token: string): Promise<InvitationLetter> {
  const row = await ctx.db.invitation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      role: true,
      email: true,
      projectRole: true,
      expiresAt: true,
      acceptedAt: true,
      acceptedById: true,
      revokedAt: true,
      organizationId: true,
      organization: { select: { name: true, slug: true } },
      project: { select: { name: true, slug: true } },
      invitedBy: { select: { name: true, status: true } },
    },
  });
  ctx.audit.nothing("it shows, and changes nothing");
  if (row === null) throw unknown();
  const isMine = row.acceptedById !== null && row.acceptedById === ctx.signedIn?.person.id;
  const joined = isMine ? await joinedBy(ctx, row) : null;
  const state = stateOf(row, ctx.clock());
  return {
    state,
    offer:
      state === "open"
        ? {
            organization: row.organization.name,
            role: row.role,
            project: row.project === null ? null : { name: row.project.name, role: row.projectRole ?? "inherited" },
            invitedBy: row.invitedBy.name,
            email: row.email,
          }
        : null,
    joined,
  };
}

interface Row {
  organizationId: string;
  organization: { slug: string };
  project: { slug: string } | null;
}

/** Null: they belong to it no more. Where a second factor keeps them out they belong to it, and see nothing of it. */
async function joinedBy(ctx: Context, { organizationId, organization, project }: Row): Promise<Joined | null> {
  if ((await ctx.organizations()).has(organizationId))
    return { slug: organization.slug, projectSlug: project?.slug ?? null };
  const id = ctx.signedIn?.person.id ?? "";
  const count = await ctx.db.organizationMember.count({ where: { organizationId, user: { id } } });
  return count === 0 ? null : { slug: null, projectSlug: null };
}

/** While the account of who made it is disabled, it is as if they had taken it back. */
export function stateOf(
  {
    acceptedAt,
    revokedAt,
    expiresAt,
    invitedBy,
  }: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date; invitedBy: { status: UserStatus } },
  now: Date,
): InvitationState {
  if (acceptedAt !== null) return "accepted";
  if (revokedAt !== null || invitedBy.status !== "ACTIVE") return "revoked";
  return expiresAt <= now ? "lapsed" : "open";
}

export function unknown(): AppError {
  return new AppError(
    "invitation.unknown",
    "There is no such invitation: a newer link was made in its place, or this one is not whole.",
  );
}
