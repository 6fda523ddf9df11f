// Who somebody is: accounts, passwords, addresses, sessions, API tokens and the limits on trying. The only code that knows Lucia and Argon2.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { createAccounts } from "./accounts";
import { createAddresses } from "./addresses";
import { createApiTokens } from "./api-tokens";
import { endAccess } from "./end-access";
import { createLimits } from "./limits";
import { createPasswordReset } from "./password-reset";
import { hasToken, refillBucket, takeToken } from "./rate-limit";
import { createSessions } from "./sessions";

export { sessionEnded, type Origin, type Person, type SignedIn } from "./sessions";
export type { AddressLink } from "./addresses";
export { apiTokenIn, newApiToken, type Bearer } from "./api-tokens";
export type { Ended } from "./end-access";
export { lockAccount } from "./lock-account";
export { hashToken, newToken } from "./token";

export interface AuthOptions {
  db: Db;
  /** False on plain http: a browser would drop a Secure cookie there. */
  secureCookies: boolean;
  clock?: () => Date;
  /** Widens the rate limits, for test suites that all come from one address. 1 in production. */
  limitFactor?: number;
}

export function createAuth({ db, secureCookies, clock = () => new Date(), limitFactor = 1 }: AuthOptions) {
  const sessions = createSessions({ db, secureCookies, clock });
  const limits = createLimits(limitFactor);
  const accounts = createAccounts({ db, sessions, limits, clock });
  return {
    ...accounts,
    ...createAddresses({ db, limits, clock }),
    ...createPasswordReset({ db, limits, clock }),
    ...createApiTokens({ db, clock }),
    limitPlans: (userId: string) => takeToken(db, limits.plan(userId), clock()),
    /** As passwords are: one place is limited closely, and all together, but for a place where the person is signed in. */
    limitCodes: async (userId: string, ip: string) => {
      await takeToken(db, limits.codePair(userId, ip), clock());
      const known = await db.session.findFirst({ where: { userId, ip }, select: { id: true } });
      if (known === null) await takeToken(db, limits.codeAccount(userId), clock());
    },
    refillCodes: (userId: string, ip: string) => refillBucket(db, limits.codePair(userId, ip).key),
    limitPasskeys: (of: { ip: string } | { userId: string }) =>
      takeToken(db, "ip" in of ? limits.passkeyPlace(of.ip) : limits.passkey(of.userId), clock()),
    limitVmids: (userId: string) => takeToken(db, limits.vmid(userId), clock()),
    /**
     * Whether this address gets one more mail; asked before the transaction, so that nothing is held meanwhile. Links that set a password are counted
     * by themselves: other mails, which others may cause, take none of their places.
     */
    mayMailTo: (email: string) => hasToken(db, limits.mailTo(email), clock()),
    mayMailResetTo: (email: string) => hasToken(db, limits.resetTo(email), clock()),
    /** In the transaction that it tells of, whose account is locked: nobody else waits for this bucket. */
    mayMailNews: (within: DbOrTransaction, userId: string, kind: string) =>
      hasToken(within, limits.news(userId, kind), clock()),
    /** In the transaction that adds one: what is refused takes nothing. */
    limitNewFactors: (within: DbOrTransaction, userId: string) => takeToken(within, limits.newFactor(userId), clock()),
    mayRecordKnownPassword: (userId: string, ip: string) => hasToken(db, limits.knownPassword(userId, ip), clock()),
    limitApprovals: (userId: string) => takeToken(db, limits.approvals(userId), clock()),
    /** In the transaction that it tells of, which holds the row of who causes it. */
    mayMailApproval: (within: DbOrTransaction, { causedBy, reader }: { causedBy: string; reader: string }) =>
      hasToken(within, limits.approvalMails(causedBy, reader), clock()),
    limitInvitations: (userId: string) => takeToken(db, limits.invitation(userId), clock()),
    /** False where the audit log holds enough of what was refused to them of late. */
    mayRecordRefused: (userId: string, place: string) => hasToken(db, limits.refusedAttempt(userId, place), clock()),
    limitBundles: (userId: string) => takeToken(db, limits.bundle(userId), clock()),
    endAccess: (within: DbOrTransaction, userId: string) => endAccess(within, userId, clock()),
    cookieName: sessions.cookieName,
    blankCookie: sessions.blankCookie,
    validate: sessions.validate,
    validateToken: sessions.validateToken,
    listSessions: sessions.list,
    requireSession: sessions.requireLive,
    noteFactor: sessions.noteFactor,
    endBegunBy: sessions.endBegunBy,
    forgetFactors: sessions.forgetFactors,
    end: (within: DbOrTransaction, userId: string, publicId: string) => sessions.end(within, userId, publicId),
    endOthers: (within: DbOrTransaction, userId: string, keep: string) => sessions.endOthers(within, userId, keep),
  };
}
export type Auth = ReturnType<typeof createAuth>;
