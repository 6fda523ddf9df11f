// The life of a session: begun with a token for the browser, validated at each request, touched every five minutes, ended.
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { AppError } from "@homeport/domain/error";
import { Lucia, TimeSpan, type Session as LuciaSession, type User as LuciaUser } from "lucia";
import { createAdapter, expiryAt, SLIDING_MS, type SessionAttributes, type UserAttributes } from "./adapter";
import { hashToken, newToken, publicSessionId } from "./token";

/** Whoever ends a session decides by when it was seen last; a write at every request would cost more than that is worth. */
const TOUCH_AFTER_MS = 300_000;
const USER_AGENT_MAX = 300;

/** Where a request comes from, as the person will see it in the list of sessions. */
export interface Origin {
  ip: string;
  userAgent: string;
}

export interface Person {
  id: string;
  email: string;
  name: string;
  role: UserAttributes["role"];
}

export interface Session extends SessionAttributes {
  /** The row's id (a hash); stays on the server. */
  id: string;
  /** For the screen. */
  publicId: string;
  expiresAt: Date;
}

export interface SignedIn {
  person: Person;
  session: Session;
}

export interface SessionsOptions {
  db: Db;
  secureCookies: boolean;
  clock: () => Date;
}

export type Sessions = ReturnType<typeof createSessions>;

export function createSessions({ db, secureCookies, clock }: SessionsOptions) {
  const on = (where: DbOrTransaction) =>
    new Lucia<SessionAttributes, UserAttributes>(createAdapter(where, clock), {
      sessionExpiresIn: new TimeSpan(SLIDING_MS, "ms"),
      // The prefix makes browsers refuse the cookie for another path or from a subdomain; it needs https.
      sessionCookie: {
        name: secureCookies ? "__Host-homeport" : "homeport",
        expires: false,
        attributes: { secure: secureCookies, sameSite: "lax", path: "/" },
      },
      getSessionAttributes: ({ ip, userAgent, createdAt, lastSeenAt, authenticatedAt, factorAt, passkeyId }) => ({
        ip,
        userAgent,
        createdAt,
        lastSeenAt,
        authenticatedAt,
        factorAt,
        passkeyId,
      }),
      getUserAttributes: ({ email, name, role }) => ({ email, name, role }),
    });
  const lucia = on(db);

  async function begin(
    within: DbOrTransaction,
    userId: string,
    { from, passkeyId = null }: { from: Origin; passkeyId?: string | null },
  ): Promise<{ cookie: string; session: Session }> {
    const token = newToken();
    const now = clock();
    const attributes = {
      ip: from.ip,
      userAgent: from.userAgent.slice(0, USER_AGENT_MAX),
      createdAt: now,
      lastSeenAt: now,
      authenticatedAt: now,
      // A code is typed, also on a page that only looks like ours: what guards the account takes another one. A passkey is of this page alone.
      factorAt: passkeyId === null ? null : now,
      passkeyId,
    };
    const session = await on(within).createSession(userId, attributes, { sessionId: hashToken(token) });
    return {
      cookie: lucia.createSessionCookie(token).serialize(),
      session: toSession({ ...session, expiresAt: expiryAt(now, now) }),
    };
  }

  /** `cookieHeader`: the request's Cookie header. Answers null for none, an unknown, an expired or a disabled person's session. */
  async function validate(cookieHeader: string | null): Promise<SignedIn | null> {
    const token = readToken(cookieHeader ?? "");
    return token === null ? null : validateToken(token);
  }

  /** A cookie that is no URI encoding is nobody's: Lucia throws at one. */
  function readToken(cookieHeader: string): string | null {
    try {
      return lucia.readSessionCookie(cookieHeader);
    } catch (error) {
      if (error instanceof Error && error.name === "URIError") return null;
      throw error;
    }
  }

  async function validateToken(token: string): Promise<SignedIn | null> {
    const { session, user } = await lucia.validateSession(hashToken(token));
    if (session === null) return null;
    return { person: toPerson(user), session: await touch(toSession(session)) };
  }

  async function touch(session: Session): Promise<Session> {
    const now = clock();
    if (now.getTime() - session.lastSeenAt.getTime() < TOUCH_AFTER_MS) return session;
    const touched = { lastSeenAt: now, expiresAt: expiryAt(now, session.createdAt) };
    await db.session.updateMany({ where: { id: session.id, lastSeenAt: { lt: now } }, data: touched });
    return { ...session, ...touched };
  }

  async function list(userId: string): Promise<Session[]> {
    return (await lucia.getUserSessions(userId)).map(toSession);
  }

  /** Ends the session that the screen calls `publicId`; only among the person's own. Answers whether there was one. */
  async function end(within: DbOrTransaction, userId: string, publicId: string): Promise<boolean> {
    const found = (await on(within).getUserSessions(userId)).find(
      (session) => publicSessionId(session.id) === publicId,
    );
    if (found) await on(within).invalidateSession(found.id);
    return found !== undefined;
  }

  /** Throws "session.ended" unless it is there still; whoever ends it waits until the transaction is over. */
  async function requireLive(within: DbOrTransaction, id: string): Promise<void> {
    const found = await within.$queryRaw<unknown[]>`SELECT 1 FROM "Session" WHERE "id" = ${id} FOR SHARE`;
    if (found.length === 0) throw sessionEnded();
  }

  /** A code or a passkey was given in it. Throws "session.ended" unless it is there still. */
  async function noteFactor(within: DbOrTransaction, id: string): Promise<void> {
    const { count } = await within.session.updateMany({ where: { id }, data: { factorAt: clock() } });
    if (count === 0) throw sessionEnded();
  }

  /** A factor is gone: what was shown with it in other sessions counts no more for what guards the account. */
  async function forgetFactors(within: DbOrTransaction, userId: string, keep: string): Promise<void> {
    await within.session.updateMany({ where: { userId, id: { not: keep } }, data: { factorAt: null } });
  }

  /** Ends those that a passkey began, but one; before the passkey goes, after which nobody knows them. Answers how many. */
  async function endBegunBy(within: DbOrTransaction, passkeyId: string, keep: string): Promise<number> {
    return (await within.session.deleteMany({ where: { passkeyId, id: { not: keep } } })).count;
  }

  /** Ends all sessions of a person but one; answers how many. */
  async function endOthers(within: DbOrTransaction, userId: string, keep: string): Promise<number> {
    return (await within.session.deleteMany({ where: { userId, id: { not: keep } } })).count;
  }

  return {
    cookieName: lucia.sessionCookieName,
    blankCookie: () => lucia.createBlankSessionCookie().serialize(),
    begin,
    validate,
    validateToken,
    list,
    end,
    endOthers,
    endBegunBy,
    forgetFactors,
    noteFactor,
    requireLive,
    deleteExpired: () => lucia.deleteExpiredSessions(),
  };
}

function toSession({ id, userId: _userId, fresh: _fresh, ...attributes }: LuciaSession): Session {
  return { id, publicId: publicSessionId(id), ...attributes };
}

function toPerson({ id, email, name, role }: LuciaUser): Person {
  return { id, email, name, role };
}

/** Of who was signed in when the request came, and is not any more. */
export function sessionEnded(): AppError {
  return new AppError("session.ended", "You were signed out. Sign in again.");
}
