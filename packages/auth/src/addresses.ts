// Whose an e-mail address is: a link that is mailed to it shows that. Where it is another one than the account's, it becomes the account's.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { isKnownError } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import type { Within } from "./accounts";
import type { Limits } from "./limits";
import { linkEnded } from "./link-ended";
import { takeToken } from "./rate-limit";
import type { Person } from "./sessions";
import { hashToken, newToken } from "./token";

const LINK_MS = 24 * 3_600_000;

/** What goes into the mail. */
export interface Link {
  token: string;
  expiresAt: Date;
}

/** `before`: the address that the account had; the same where it was only confirmed. */
export interface ConfirmedAddress {
  person: Person;
  before: string;
}

export function createAddresses({ db, limits, clock }: { db: Db; limits: Limits; clock: () => Date }) {
  /** A link for this address, in the place of those that were sent before. */
  async function issue(within: DbOrTransaction, { userId, email }: { userId: string; email: string }): Promise<Link> {
    const [token, now] = [newToken(), clock()];
    const expiresAt = new Date(now.getTime() + LINK_MS);
    await end(within, userId);
    await within.emailVerificationToken.create({
      data: { userId, email, tokenHash: hashToken(token), createdAt: now, expiresAt },
      select: { id: true },
    });
    return { token, expiresAt };
  }

  /** Those that are under way lead nowhere from now on. Answers how many there were. */
  async function end(within: DbOrTransaction, userId: string): Promise<number> {
    const now = clock();
    const open = { userId, usedAt: null, expiresAt: { gt: now } };
    return (await within.emailVerificationToken.updateMany({ where: open, data: { expiresAt: now } })).count;
  }

  /** Where a link is under way to; null: nowhere. */
  async function pending(userId: string): Promise<{ email: string; expiresAt: Date } | null> {
    return db.emailVerificationToken.findFirst({
      where: { userId, usedAt: null, expiresAt: { gt: clock() } },
      select: { email: true, expiresAt: true },
      orderBy: { createdAt: "desc" },
    });
  }

  /** Once. Who comes again by the same link, as after a lost answer, gets the same answer, and `within` is not called. */
  async function confirm(token: string, within: Within<ConfirmedAddress>): Promise<{ email: string }> {
    const tokenHash = hashToken(token);
    return db
      .$transaction(async (transaction) => {
        const now = clock();
        const { count } = await transaction.emailVerificationToken.updateMany({
          where: { tokenHash, usedAt: null, expiresAt: { gt: now }, user: { status: "ACTIVE" } },
          data: { usedAt: now },
        });
        const row = await transaction.emailVerificationToken.findUnique({
          where: { tokenHash },
          select: { email: true, usedAt: true, user: { select: { id: true, email: true, name: true, role: true } } },
        });
        if (row === null) throw linkEnded("unknown");
        const { email, user } = row;
        if (count === 0) {
          if (row.usedAt !== null && user.email === email) return { email };
          throw linkEnded(row.usedAt === null ? "lapsed" : "used");
        }
        await transaction.user.update({
          where: { id: user.id },
          data: { email, emailVerifiedAt: now },
          select: { id: true },
        });
        // A link that went to the address before sets no password any more.
        if (email !== user.email)
          await transaction.passwordResetToken.updateMany({
            where: { userId: user.id, usedAt: null, expiresAt: { gt: now } },
            data: { expiresAt: now },
          });
        await within(transaction, { person: { ...user, email }, before: user.email });
        return { email };
      })
      .catch((error: unknown) => {
        if (!isKnownError(error, "P2002")) throw error;
        throw new AppError("address.taken", "Another account has this address by now.", { cause: error });
      });
  }

  return {
    issueAddressLink: issue,
    endAddressLinks: end,
    pendingAddress: pending,
    confirmAddress: confirm,
    /** Each is a mail to an address that a person types. */
    limitAddressLinks: (userId: string) => takeToken(db, limits.addressLink(userId), clock()),
  };
}
