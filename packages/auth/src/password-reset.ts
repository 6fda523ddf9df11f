// A new password for who has forgotten theirs, by a link that is mailed to the account's address.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import type { Within } from "./accounts";
import type { Link } from "./addresses";
import type { Limits } from "./limits";
import { linkEnded } from "./link-ended";
import { hashPassword } from "./password";
import { requireGoodPassword } from "./require-good-password";
import { takeToken } from "./rate-limit";
import type { Origin, Person } from "./sessions";
import { hashToken, newToken } from "./token";

const LINK_MS = 3_600_000;
const personFields = { id: true, email: true, name: true, role: true } as const;

export function createPasswordReset({ db, limits, clock }: { db: Db; limits: Limits; clock: () => Date }) {
  /** `within` gets the link that is to be mailed; it is not called where no account has the address, and who asks learns nothing of that. */
  async function ask(email: string, from: Origin, within: Within<{ person: Person; link: Link }>): Promise<void> {
    await takeToken(db, limits.resetAddress(from.ip), clock());
    await takeToken(db, limits.resetPair(email, from.ip), clock());
    await takeToken(db, limits.resetAccount(email), clock());
    await db.$transaction(async (transaction) => {
      const person = await transaction.user.findFirst({ where: { email, status: "ACTIVE" }, select: personFields });
      if (person === null) return;
      // One after the other: each ends the links before it.
      await transaction.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${person.id}::uuid FOR NO KEY UPDATE`;
      await end(transaction, person.id);
      const [token, now] = [newToken(), clock()];
      const expiresAt = new Date(now.getTime() + LINK_MS);
      await transaction.passwordResetToken.create({
        data: { userId: person.id, tokenHash: hashToken(token), createdAt: now, expiresAt },
        select: { id: true },
      });
      await within(transaction, { person, link: { token, expiresAt } });
    });
  }

  /** Those that are under way lead nowhere from now on. */
  async function end(within: DbOrTransaction, userId: string): Promise<void> {
    const now = clock();
    await within.passwordResetToken.updateMany({
      where: { userId, usedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    });
  }

  /** Whose password the link sets; throws why it sets none. */
  async function show(token: string): Promise<Person> {
    const row = await db.passwordResetToken.findUnique({
      where: { tokenHash: hashToken(token) },
      select: { usedAt: true, expiresAt: true, user: { select: { ...personFields, status: true } } },
    });
    if (row === null) throw linkEnded("unknown");
    if (row.usedAt !== null) throw linkEnded("used");
    const { status, ...person } = row.user;
    if (row.expiresAt <= clock() || status !== "ACTIVE") throw linkEnded("lapsed");
    return person;
  }

  /** Ends every session of the person: who has the old password, or their browser, is out. The address has shown to be theirs. */
  async function finish(
    { token, password }: { token: string; password: string },
    within: Within<{ person: Person; endedSessions: number }>,
  ): Promise<Person> {
    const person = await show(token);
    requireGoodPassword(password, { email: person.email, field: "password" });
    const passwordHash = await hashPassword(password);
    await db.$transaction(async (transaction) => {
      const now = clock();
      const { count } = await transaction.passwordResetToken.updateMany({
        where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: now }, user: { status: "ACTIVE" } },
        data: { usedAt: now },
      });
      // Of two who have it one was first.
      if (count === 0) throw linkEnded("used");
      await transaction.user.update({
        where: { id: person.id },
        data: { passwordHash, emailVerifiedAt: now },
        select: { id: true },
      });
      const { count: endedSessions } = await transaction.session.deleteMany({ where: { userId: person.id } });
      await within(transaction, { person, endedSessions });
    });
    return person;
  }

  return { askForReset: ask, showReset: show, resetPassword: finish, endResetLinks: end };
}
