// How many tries are allowed, per what: at signing in and up, and of what is costly to make.
import { createHash } from "node:crypto";
import { familyOf, networkOf, readIp } from "@homeport/domain/container/ip-address";
import type { Bucket } from "./rate-limit";

/** Keys hold a hash of the e-mail: the table should not list who tried to sign in. */
const short = (text: string): string => createHash("sha256").update(text.toLowerCase()).digest("hex").slice(0, 32);

/** Who has one IPv6 address has all of its network of 64 bits; of IPv4 each is counted. */
function placeOf(address: string): string {
  const ip = readIp(address);
  return ip !== undefined && familyOf(ip) === 6 ? networkOf(ip, 64) : address;
}

/**
 * `factor` widens every bucket, for test suites that come from one address.
 *
 * Guessing is limited three ways. `pair` (account and address) is the tight one; it locks out only who is guessing.
 * `address` stops one machine from trying many accounts. `account` stops many machines from trying one account, and is
 * not asked of an address from which that person signed in before: strangers can never lock somebody out of their home.
 */
export function createLimits(factor: number) {
  const bucket = (key: string, capacity: number, refillS: number): Bucket => ({
    key,
    capacity: capacity * factor,
    refillS: refillS / factor,
  });
  return {
    signInPair: (email: string, ip: string) => bucket(`sign-in:pair:${short(`${email}|${placeOf(ip)}`)}`, 8, 60),
    signInAddress: (ip: string) => bucket(`sign-in:address:${placeOf(ip)}`, 40, 15),
    signInAccount: (email: string) => bucket(`sign-in:account:${short(email)}`, 60, 60),
    signUp: (ip: string) => bucket(`sign-up:address:${placeOf(ip)}`, 20, 180),
    /** Each asks a node a dozen questions. */
    plan: (userId: string) => bucket(`plan:account:${userId}`, 60, 2),
    /** Each asks a node one question, while somebody types. */
    vmid: (userId: string) => bucket(`vmid:account:${userId}`, 60, 1),
    /** Each reads every log of a run. */
    bundle: (userId: string) => bucket(`bundle:account:${userId}`, 10, 30),
    /** Asking for a link by which a password is set: a mail to somebody. Nobody is told whether there was one. */
    resetPair: (email: string, ip: string) => bucket(`reset:pair:${short(`${email}|${placeOf(ip)}`)}`, 3, 1_200),
    resetAddress: (ip: string) => bucket(`reset:address:${placeOf(ip)}`, 20, 180),
    addressLink: (userId: string) => bucket(`address-link:account:${userId}`, 5, 600),
    /** Whoever causes them: to one address no more mails than this. */
    resetTo: (email: string) => bucket(`reset:to:${short(email)}`, 10, 1_200),
    mailTo: (email: string) => bucket(`mail:to:${short(email)}`, 10, 1_200),
    /**
     * About the second factor of an account, to its person: apart from all other mails, which others may cause, and each kind apart. More than `newFactor` lets
     * through and an account can have, so that adding and removing leaves none of those out that something was taken away.
     */
    news: (userId: string, kind: string) => bucket(`news:account:${userId}|${kind}`, 24, 600),
    /** Apps and passkeys that are added to an account. */
    newFactor: (userId: string) => bucket(`new-factor:account:${userId}`, 12, 600),
    /** Requests for containers beyond a quota: each is read by somebody. */
    approvals: (userId: string) => bucket(`approval:account:${userId}`, 20, 180),
    /** Of what one person causes, so that who asks for much keeps nobody else's from its reader. */
    approvalMails: (causedBy: string, reader: string) =>
      bucket(`approval-mail:accounts:${causedBy}|${reader}`, 10, 1_200),
    /** Entries of the audit log about what was refused, by whose record they stand in: noise in one hides nothing in another. */
    refusedAttempt: (userId: string, place: string) => bucket(`refused:account:${userId}|${place}`, 60, 60),
    /** Mails to addresses that the person types. */
    invitation: (userId: string) => bucket(`invitation:account:${userId}`, 100, 36),
    /** Of an authenticator app, by who knows the password: three of a million are right at any moment. */
    codePair: (userId: string, ip: string) => bucket(`code:pair:${userId}|${placeOf(ip)}`, 6, 120),
    codeAccount: (userId: string) => bucket(`code:account:${userId}`, 60, 60),
    /** Entries of the log about a right password without the passkey besides: whose password is known sees it, and the log is not filled. */
    knownPassword: (userId: string, ip: string) => bucket(`known-password:account:${userId}|${placeOf(ip)}`, 5, 600),
    /** Challenges for passkeys, and what is sent for them: of who is not signed in yet. */
    passkeyPlace: (ip: string) => bucket(`passkey:address:${placeOf(ip)}`, 60, 10),
    /** The same of who is. */
    passkey: (userId: string) => bucket(`passkey:account:${userId}`, 40, 30),
    password: (userId: string) => bucket(`password:account:${userId}`, 8, 60),
  };
}
export type Limits = ReturnType<typeof createLimits>;
