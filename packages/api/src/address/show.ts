// The address of one's account: whether it was confirmed, and whether a link is under way to it or to another one.
import type { MemberContext } from "../context";

export interface AddressView {
  email: string;
  confirmedAt: Date | null;
  /** Where a link was sent; another address than `email` becomes the account's when it is opened. */
  pending: { email: string; expiresAt: Date } | null;
  /** Whether mails are sent; else who set this installation up finds them in the mailbox. */
  mailServer: boolean;
}

export async function showAddress({ db, auth, userId, config }: MemberContext): Promise<AddressView> {
  const [{ email, emailVerifiedAt: confirmedAt }, pending] = await Promise.all([
    db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, emailVerifiedAt: true } }),
    auth.pendingAddress(userId),
  ]);
  return { email, confirmedAt, pending, mailServer: config.mailServer === true };
}
