// Signing up and in, and changing a password: limits first, then the work, then one transaction with what the caller adds.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { isKnownError } from "@homeport/db/known-error";
import { AppError } from "@homeport/domain/error";
import { disabled, enter, wrongSignIn } from "./enter";
import type { Limits } from "./limits";
import { endLinks } from "./links";
import { hashPassword, verifyPassword } from "./password";
import { refillBucket, takeToken } from "./rate-limit";
import { requireGoodPassword } from "./require-good-password";
import { type Origin, type Person, type Session, sessionEnded, type Sessions, type SignedIn } from "./sessions";

/** What the caller does in the same transaction: the audit line, the first organization. */
export type Within<T = Person> = (transaction: DbOrTransaction, about: T) => Promise<void>;

/** The same of who signs in: the id of the passkey that was used, null for none. */
type Enter = (transaction: DbOrTransaction, person: Person) => Promise<string | null>;

interface Parts {
  db: Db;
  sessions: Sessions;
  limits: Limits;
  clock: () => Date;
}

interface NewAccount {
  name: string;
  email: string;
  password: string;
}

const personFields = { id: true, email: true, name: true, role: true } as const;

export function createAccounts({ db, sessions, limits, clock }: Parts) {
  /** Makes the account and signs it in. `cookie` is the Set-Cookie value for the browser. */
  async function signUp(input: NewAccount, from: Origin, within: Within): Promise<SignedIn & { cookie: string }> {
    await takeToken(db, limits.signUp(from.ip), clock());
    return create(input, within, async (transaction, person) => ({
      person,
      ...(await sessions.begin(transaction, person.id, { from })),
    }));
  }

  /** Makes the account without signing it in: for what the launcher seeds. */
  function createAccount(input: NewAccount, within: Within): Promise<Person> {
    return create(input, within, (_transaction, person) => Promise.resolve(person));
  }

  async function create<T>(
    input: NewAccount,
    within: Within,
    then: (transaction: DbOrTransaction, person: Person) => Promise<T>,
  ): Promise<T> {
    requireGoodPassword(input.password, { email: input.email, field: "password" });
    const passwordHash = await hashPassword(input.password);
    try {
      return await db.$transaction(async (transaction) => {
        const person = await transaction.user.create({
          data: { name: input.name, email: input.email, passwordHash },
          select: personFields,
        });
        await within(transaction, person);
        return then(transaction, person);
      });
    } catch (error) {
      if (!isKnownError(error, "P2002")) throw error;
      const taken = "There is an account with this e-mail address already.";
      throw new AppError("sign_up.email_taken", taken, { fields: { email: taken }, cause: error });
    }
  }

  /**
   * `refused` is told of a wrong password for an account that exists, so that its person can see it; `matched` of one that was right, before anything is
   * held; what `within` throws behind the account's lock signs nobody in.
   */
  async function signIn(
    input: { email: string; password: string },
    from: Origin,
    hooks: {
      within: Enter;
      refused: (userId: string) => Promise<void>;
      matched?: (userId: string) => Promise<void>;
    },
  ): Promise<SignedIn & { cookie: string }> {
    const pair = limits.signInPair(input.email, from.ip);
    await takeToken(db, limits.signInAddress(from.ip), clock());
    await takeToken(db, pair, clock());
    const user = await db.user.findUnique({ where: { email: input.email } });
    const known =
      user !== null &&
      (await db.session.findFirst({ where: { userId: user.id, ip: from.ip }, select: { id: true } })) !== null;
    if (!known) await takeToken(db, limits.signInAccount(input.email), clock());
    const matches = await verifyPassword(user?.passwordHash, input.password);
    if (!matches || user === null) {
      if (user !== null) await hooks.refused(user.id);
      throw wrongSignIn();
    }
    if (user.status !== "ACTIVE") throw disabled();
    await hooks.matched?.(user.id);
    await sessions.deleteExpired();
    await refillBucket(db, pair.key);
    const { id: userId, passwordHash } = user;
    return db.$transaction((transaction) => enter(transaction, { userId, from, sessions, passwordHash }, hooks.within));
  }

  /** Of who has shown a passkey of theirs. */
  async function signInWithoutPassword(
    userId: string,
    from: Origin,
    within: Enter,
  ): Promise<SignedIn & { cookie: string }> {
    await sessions.deleteExpired();
    return db.$transaction((transaction) => enter(transaction, { userId, from, sessions }, within));
  }

  /** The password once more, in a session that is there: what asks for a recent sign-in is allowed for a while. */
  async function confirmPassword(
    password: string,
    signedIn: SignedIn,
    within: (transaction: DbOrTransaction) => Promise<void>,
  ): Promise<void> {
    const { id } = signedIn.person;
    await takeToken(db, limits.password(id), clock());
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true } });
    if (!(await verifyPassword(passwordHash, password))) {
      const why = "This is not your password.";
      throw new AppError("password.current_wrong", why, { fields: { password: why } });
    }
    await confirmSession(signedIn, within);
  }

  /** Its person was there a moment ago. */
  async function confirmSession(
    { session }: SignedIn,
    within: (transaction: DbOrTransaction) => Promise<void>,
  ): Promise<void> {
    await db.$transaction(async (transaction) => {
      const { count } = await transaction.session.updateMany({
        where: { id: session.id },
        data: { authenticatedAt: clock() },
      });
      if (count === 0) throw sessionEnded();
      await within(transaction);
    });
  }

  /** Ends every other session of the person: whoever knew the old password is out. */
  async function changePassword(
    input: { current: string; next: string },
    { person, session }: SignedIn,
    within: Within<{ endedSessions: number }>,
  ): Promise<void> {
    await takeToken(db, limits.password(person.id), clock());
    const { passwordHash } = await db.user.findUniqueOrThrow({
      where: { id: person.id },
      select: { passwordHash: true },
    });
    if (!(await verifyPassword(passwordHash, input.current))) {
      const why = "This is not your current password.";
      throw new AppError("password.current_wrong", why, { fields: { current: why } });
    }
    if (input.next.normalize("NFKC") === input.current.normalize("NFKC")) {
      const why = "This is your current password.";
      throw new AppError("password.weak", why, { fields: { next: why } });
    }
    requireGoodPassword(input.next, { email: person.email, field: "next" });
    const next = await hashPassword(input.next);
    await db.$transaction(async (transaction) => {
      // Somebody who changed it meanwhile wins: what was checked above is no longer so.
      const { count } = await transaction.user.updateMany({
        where: { id: person.id, passwordHash },
        data: { passwordHash: next },
      });
      if (count === 0)
        throw new AppError("password.changed_elsewhere", "Your password was changed a moment ago, elsewhere.");
      await endLinks(transaction, person.id, clock());
      await within(transaction, { endedSessions: await sessions.endOthers(transaction, person.id, session.id) });
    });
  }

  async function signOut(session: Session, within: (transaction: DbOrTransaction) => Promise<void>): Promise<void> {
    await db.$transaction(async (transaction) => {
      await transaction.session.deleteMany({ where: { id: session.id } });
      await within(transaction);
    });
  }

  return {
    signUp,
    createAccount,
    signIn,
    signInWithoutPassword,
    signOut,
    changePassword,
    confirmPassword,
    confirmSession,
  };
}
