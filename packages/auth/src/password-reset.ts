// A new password for who has forgotten theirs, by a link that is mailed to the account's address.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import type { Within } from "./accounts";
import { endAccess, type Ended } from "./end-access";
import type { Limits } from "./limits";
import { type Link, linkEnded, newLink } from "./links";
import { lockAccount } from "./lock-account";
import { hashPassword } from "./password";
import { requireGoodPassword } from "./require-good-password";
import { takeToken } from "./rate-limit";
import type { Origin, Person } from "./sessions";
import { hashToken, newToken } from "./token";

const LINK_MS = 3_600_000;
const personFields = { id: true, email: true, name: true, role: true } as const;

export function createPasswordReset({ db, limits, clock }: { db: Db; limits: Limits; clock: () => Date }) {
  /** Loud: who tries so often is told. */
  async function limit(email: string, from: Origin): Promise<void> {
    await takeToken(db, limits.resetAddress(from.ip), clock());
    await takeToken(db, limits.resetPair(email, from.ip), clock());
  }

  /**
   * `within` gets the link that is to be mailed or shown. False, and it is not called, where no account has the address. Links that were made before count
   * on: whoever else asks for links to an address does not end the one that its person is about to open. `before`: what is done behind the account's lock
   * before the link is there.
   */
  async function issue(
    email: string,
    within: Within<{ person: Person; link: Link }>,
    before: Within = () => Promise.resolve(),
  ): Promise<boolean> {
    return db.$transaction(async (transaction) => {
      const found = await transaction.user.findUnique({ where: { email }, select: { id: true } });
      if (found === null) return false;
      await lockAccount(transaction, found.id);
      // Behind the lock: it may have got another address, or been disabled, a moment ago.
      const person = await transaction.user.findFirst({
        where: { email, status: "ACTIVE" },
        select: personFields,
      });
      if (person === null) return false;
      await before(transaction, person);
      const { link, row } = newLink(clock(), LINK_MS);
      await transaction.passwordResetToken.create({ data: { userId: person.id, ...row }, select: { id: true } });
      await within(transaction, { person, link });
      return true;
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

  /**
   * Ends every session and API token of the person and every link that is under way: who has the old password, or their browser, is out, and
   * neither a token that they made nor a change of the address that they asked for counts. The address has shown to be the person's.
   */
  async function finish(
    { token, password }: { token: string; password: string },
    within: Within<{ person: Person } & Ended>,
  ): Promise<Person> {
    const person = await show(token);
    requireGoodPassword(password, { email: person.email, field: "password" });
    const passwordHash = await hashPassword(password);
    const done = await db.$transaction(async (transaction) => {
      await lockAccount(transaction, person.id);
      const now = clock();
      const { count } = await transaction.passwordResetToken.updateMany({
        where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: now }, user: { status: "ACTIVE" } },
        data: { usedAt: now },
      });
      if (count === 0) return false;
      await transaction.user.update({
        where: { id: person.id },
        data: { passwordHash, emailVerifiedAt: now },
        select: { id: true },
      });
      await within(transaction, { person, ...(await endAccess(transaction, person.id, now)) });
      return true;
    });
    // Of two who have it one was first, or it ended while the password was being hashed: `show` says which.
    return done ? person : show(token);
  }

  /** Nobody signs in with it from now on: whoever knows it, before its person has set another one. */
  async function dropPassword(within: DbOrTransaction, userId: string): Promise<void> {
    const passwordHash = await hashPassword(newToken());
    await within.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } });
  }

  return { dropPassword, limitResets: limit, issueReset: issue, showReset: show, resetPassword: finish };
}
