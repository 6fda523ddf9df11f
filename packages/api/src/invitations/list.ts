// The open invitations of an organization, newest first, for those who may invite.
import type { Prisma } from "@homeport/db/client";
import { requireOrganization } from "../access/organizations";
import type { MemberContext } from "../context";
import { openInvitation } from "./open-invitation";

const select = {
  id: true,
  email: true,
  role: true,
  projectRole: true,
  project: { select: { id: true, name: true } },
  invitedBy: { select: { name: true } },
  createdAt: true,
  expiresAt: true,
} as const satisfies Prisma.InvitationSelect;

/** `lapsed`: its seven days are over; it is open until somebody renews or revokes it. */
export type InvitationView = Prisma.InvitationGetPayload<{ select: typeof select }> & { lapsed: boolean };

export async function listInvitations(ctx: MemberContext, organizationId: string): Promise<InvitationView[]> {
  await requireOrganization(ctx, { organizationId, permission: "member:write" });
  const rows = await ctx.db.invitation.findMany({
    where: { organizationId, ...openInvitation },
    select,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const now = ctx.clock();
  return rows.map((row) => ({ ...row, lapsed: row.expiresAt <= now }));
}
