// Whose an e-mail address is: a link that is mailed to it shows that. Where it is another one than the account's, it becomes the account's.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { isKnownError } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import type { Within } from "./accounts";
import type { Limits } from "./limits";
import { endLinks, type Link, linkEnded, newLink } from "./links";
import { lockAccount } from "./lock-account";
import { takeToken } from "./rate-limit";
import type { Person } from "./sessions";
import { hashToken } from "./token";

const LINK_MS = 24 * 3_600_000;
const linkFields = {
  email: true,
  usedAt: true,
  expiresAt: true,
  user: { select: { id: true, email: true, name: true, role: true, status: true } },
} as const;

/** What a link does. */
export interface AddressLink {
  /** The address of the account. */
  account: string;
  /** What it is from then on; the same where it is only confirmed. */
  email: string;
}

/** `before`: the address that the account had; the same where it was only confirmed. */
interface ConfirmedAddress {
  person: Person;
  before: string;
}

export function createAddresses({ db, limits, clock }: { db: Db; limits: Limits; clock: () => Date }) {
  /** A link for this address, in the place of those that were sent before. */
  async function issue(within: DbOrTransaction, { userId, email }: { userId: string; email: string }): Promise<Link> {
    await lockAccount(within, userId);
    await endLinks(within, userId, clock());
    const { link, row } = newLink(clock(), LINK_MS);
    await within.emailVerificationToken.create({ data: { userId, email, ...row }, select: { id: true } });
    return link;
  }

  /** Where a link is under way to; null: nowhere. */
  async function pending(userId: string): Promise<{ email: string; expiresAt: Date } | null> {
    return db.emailVerificationToken.findFirst({
      where: { userId, usedAt: null, expiresAt: { gt: clock() } },
      select: { email: true, expiresAt: true },
      orderBy: { createdAt: "desc" },
    });
  }

  async function read(within: DbOrTransaction, token: string) {
    const row = await within.emailVerificationToken.findUnique({
      where: { tokenHash: hashToken(token) },
      select: linkFields,
    });
    if (row === null) throw linkEnded("unknown");
    const { email, usedAt, expiresAt, user } = row;
    const isDone = usedAt !== null && user.email === email;
    if (usedAt !== null && !isDone) throw linkEnded("used");
    if (!isDone && (expiresAt <= clock() || user.status !== "ACTIVE")) throw linkEnded("lapsed");
    return { email, user, isDone };
  }

  /** What it does, or has done; throws why it does nothing. */
  async function show(token: string): Promise<AddressLink> {
    const { email, user } = await read(db, token);
    return { account: user.email, email };
  }

  /**
   * Once. Who comes again by the same link, as after a lost answer, gets the same answer, and `within` is not called. `by`: who is signed in; to
   * another address an account is taken by its own person only, as whoever reads a mail that went astray may open the link.
   */
  async function confirm(
    { token, by }: { token: string; by: string | undefined },
    within: Within<ConfirmedAddress>,
  ): Promise<{ email: string }> {
    const change = db.$transaction(async (transaction) => {
      const first = await read(transaction, token);
      await lockAccount(transaction, first.user.id);
      // As it is behind the lock: of two who come at once one confirms.
      const { email, user, isDone } = await read(transaction, token);
      if (isDone) return { email };
      if (email !== user.email && user.id !== by)
        throw new AppError(
          "address.sign_in",
          `Sign in as ${user.email} first: this link changes the address of that account.`,
        );
      const now = clock();
      await transaction.emailVerificationToken.update({
        where: { tokenHash: hashToken(token) },
        data: { usedAt: now },
        select: { id: true },
      });
      await transaction.user.update({
        where: { id: user.id },
        data: { email, emailVerifiedAt: now },
        select: { id: true },
      });
      // Nor does a link that went to the address before set a password any more.
      if (email !== user.email) await endLinks(transaction, user.id, now);
      const { status: _, ...person } = user;
      await within(transaction, { person: { ...person, email }, before: user.email });
      return { email };
    });
    return change.catch((error: unknown) => {
      if (!isKnownError(error, "P2002")) throw error;
      throw new AppError("address.taken", "Another account has this address by now.", { cause: error });
    });
  }

  return {
    issueAddressLink: issue,
    pendingAddress: pending,
    showAddressLink: show,
    confirmAddress: confirm,
    endLinks: (within: DbOrTransaction, userId: string) => endLinks(within, userId, clock()),
    /** Each is a mail to an address that a person types. */
    limitAddressLinks: (userId: string) => takeToken(db, limits.addressLink(userId), clock()),
  };
}
