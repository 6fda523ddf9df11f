// Lucia's sessions in our tables: its ids are token hashes, and no session outlives its absolute end or its person's account.
import type { DbOrTransaction } from "@homeport/db/client";
import type { Adapter, DatabaseSession, DatabaseUser, Lucia } from "lucia";

/** A browser that comes back within this time stays signed in… */
export const SLIDING_MS = 14 * 86_400_000;
/** …until this much after it signed in, whatever it does. */
const ABSOLUTE_MS = 60 * 86_400_000;

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}
export interface SessionAttributes {
  ip: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** When the person last gave their password, or used a passkey, in this session. */
  authenticatedAt: Date;
  /** When a code, a recovery code or a passkey was last given in it. */
  factorAt: Date | null;
  /** By which it was begun. */
  passkeyId: string | null;
}
export interface UserAttributes {
  email: string;
  name: string;
  role: "USER" | "SUPER_ADMIN";
}

/** The later of a session's possible ends, but never after its absolute one. */
export function expiryAt(now: Date, createdAt: Date): Date {
  return new Date(Math.min(now.getTime() + SLIDING_MS, createdAt.getTime() + ABSOLUTE_MS));
}

export function createAdapter(db: DbOrTransaction, clock: () => Date): Adapter {
  return {
    async getSessionAndUser(id) {
      const row = await db.session.findUnique({ where: { id }, include: { user: true } });
      if (row?.user.status !== "ACTIVE" || endOf(row) <= clock()) return [null, null];
      const { id: userId, email, name, role } = row.user;
      const user: DatabaseUser = { id: userId, attributes: { email, name, role } };
      return [toSession(row), user];
    },
    async getUserSessions(userId) {
      const rows = await db.session.findMany({ where: { userId }, orderBy: { lastSeenAt: "desc" } });
      return rows.filter((row) => endOf(row) > clock()).map(toSession);
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      await db.session.create({
        data: {
          id,
          userId,
          ...attributes,
          expiresAt: new Date(Math.min(expiresAt.getTime(), expiryAt(clock(), attributes.createdAt).getTime())),
        },
      });
    },
    // Lucia asks for this halfway to the end; the expiry is ours to set (see `touch` in sessions.ts), and capped.
    async updateSessionExpiration() {},
    async deleteSession(id) {
      await db.session.deleteMany({ where: { id } });
    },
    async deleteUserSessions(userId) {
      await db.session.deleteMany({ where: { userId } });
    },
    async deleteExpiredSessions() {
      const now = clock();
      await db.session.deleteMany({
        where: { OR: [{ expiresAt: { lte: now } }, { createdAt: { lte: new Date(now.getTime() - ABSOLUTE_MS) } }] },
      });
    },
  };
}

interface SessionRow extends SessionAttributes {
  id: string;
  userId: string;
  expiresAt: Date;
}

function endOf(row: SessionRow): Date {
  return new Date(Math.min(row.expiresAt.getTime(), row.createdAt.getTime() + ABSOLUTE_MS));
}

function toSession(row: SessionRow): DatabaseSession {
  const { id, userId, ip, userAgent, createdAt, lastSeenAt, authenticatedAt, factorAt, passkeyId } = row;
  const attributes = { ip, userAgent, createdAt, lastSeenAt, authenticatedAt, factorAt, passkeyId };
  return { id, userId, expiresAt: endOf(row), attributes };
}
