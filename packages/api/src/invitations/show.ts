// What an invitation says to whoever has its link, signed in or not.
import { hashToken } from "@homeport/auth";
import type { OrganizationRole, ProjectRole } from "@homeport/db/types";
import { AppError } from "@homeport/domain/error";
import type { Context } from "../context";

export interface InvitationLetter {
  organization: string;
  role: OrganizationRole;
  project: { name: string; role: ProjectRole | "inherited" } | null;
  invitedBy: string;
  /** Only an account with this address accepts it; null: any. */
  email: string | null;
  state: InvitationState;
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
      revokedAt: true,
      organization: { select: { name: true } },
      project: { select: { name: true } },
      invitedBy: { select: { name: true } },
    },
  });
  ctx.audit.nothing("it shows, and changes nothing");
  if (row === null) throw unknown();
  return {
    organization: row.organization.name,
    role: row.role,
    project: row.project === null ? null : { name: row.project.name, role: row.projectRole ?? "inherited" },
    invitedBy: row.invitedBy.name,
    email: row.email,
    state: stateOf(row, ctx.clock()),
  };
}

export function stateOf(
  { acceptedAt, revokedAt, expiresAt }: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (acceptedAt !== null) return "accepted";
  if (revokedAt !== null) return "revoked";
  return expiresAt <= now ? "lapsed" : "open";
}

export function unknown(): AppError {
  return new AppError(
    "invitation.unknown",
    "There is no such invitation: a newer link was made in its place, or this one is not whole.",
  );
}
