// The mail that goes with an invitation for an address; one for whoever has the link is handed over by its maker.
import type { DbOrTransaction } from "@homeport/db/client";
import type { MemberContext } from "../context";
import { postMail } from "../mails/post";

/**
 * "sent": on its way; "kept": in the mailbox, as there is no mail server; null: it is for no address. "unconfirmed": it is not mailed, as it would name an
 * address as the inviter's that may be somebody else's. "held_back": the address has had as many mails as it gets at once.
 */
export type Mailed = "sent" | "kept" | "unconfirmed" | "held_back" | null;

export async function mailInvitation(
  ctx: MemberContext,
  transaction: DbOrTransaction,
  { id, token, expiresAt, mayMail }: { id: string; token: string; expiresAt: Date; mayMail: boolean },
): Promise<Mailed> {
  const { email, organization, role, project, projectRole, invitedBy } = await transaction.invitation.findUniqueOrThrow(
    {
      where: { id },
      select: {
        email: true,
        role: true,
        projectRole: true,
        organization: { select: { name: true } },
        project: { select: { name: true } },
        invitedBy: { select: { name: true, email: true, emailVerifiedAt: true } },
      },
    },
  );
  if (email === null) return null;
  if (invitedBy.emailVerifiedAt === null) return "unconfirmed";
  if (!mayMail) return "held_back";
  await postMail(ctx, transaction, {
    to: email,
    content: {
      kind: "invitation",
      token,
      organization: organization.name,
      role,
      project: project === null ? null : { name: project.name, role: projectRole },
      invitedBy: { name: invitedBy.name, email: invitedBy.email },
    },
    expiresAt,
  });
  return ctx.config.mailServer === true ? "sent" : "kept";
}
