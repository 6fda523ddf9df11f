// Secrets by which a program acts as its person: made once, known by their hash, gone when they are revoked.
import type { Db } from "@homeport/db/client";
import { isTokenPermission, type TokenScope } from "@homeport/domain/access/token-scope";
import type { Person } from "./sessions";
import { hashToken, newToken } from "./token";

/** By it people, and what searches for leaked secrets, know it for one of ours. */
const BEGINNING = "homeport_";
/** Of the secret part, to tell one from another: what is left of it is still far too long to be guessed. */
const SHOWN = 6;
/** A write at every call would cost more than that is worth. */
const TOUCH_AFTER_MS = 60_000;

/** Who asks by a token. */
export interface Bearer {
  person: Person;
  token: { id: string; name: string; prefix: string; expiresAt: Date };
  scope: TokenScope;
}

/** A new one, and what of it is stored. */
export function newApiToken() {
  const token = `${BEGINNING}${newToken()}`;
  return { token, row: { tokenHash: hashToken(token), prefix: token.slice(0, BEGINNING.length + SHOWN) } };
}

/**
 * `header`: the request's Authorization header. Null where it holds none of ours: another scheme, or a token of another service, is a proxy's
 * business (RFC 6750, 2.1; the scheme in whatever letters, RFC 9110, 11.1). Empty where one of ours is in it that is not sent as it has to be: who
 * sends that means it, and is told.
 */
export function apiTokenIn(header: string | null): string | null {
  if (header === null || !/^\s*(bearer\b)?[\s"']*homeport_/i.test(header)) return null;
  return new RegExp(`^bearer +(${BEGINNING}[\\w-]+) *$`, "i").exec(header)?.[1] ?? "";
}

export function createApiTokens({ db, clock }: { db: Db; clock: () => Date }) {
  /** Null for one that is not known or has ended, or whose person is disabled. `ip`: where from, for the list of tokens. */
  async function validate(token: string, ip: string): Promise<Bearer | null> {
    const row = await db.apiToken.findUnique({
      where: { tokenHash: hashToken(token) },
      select: {
        id: true,
        name: true,
        prefix: true,
        permissions: true,
        allProjects: true,
        expiresAt: true,
        lastUsedAt: true,
        lastUsedIp: true,
        createdAt: true,
        projects: { select: { projectId: true } },
        user: { select: { id: true, email: true, name: true, role: true, status: true } },
      },
    });
    const now = clock();
    if (row === null || row.expiresAt <= now || row.user.status !== "ACTIVE") return null;
    const { id, name, prefix, expiresAt, lastUsedAt, lastUsedIp } = row;
    const fresh = lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() < TOUCH_AFTER_MS && lastUsedIp === ip;
    if (!fresh) await db.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now, lastUsedIp: ip } });
    const { status: _status, ...person } = row.user;
    return {
      person,
      token: { id, name, prefix, expiresAt },
      scope: {
        // What no token can be given any more counts for nothing.
        permissions: row.permissions.filter(isTokenPermission),
        projectIds: row.allProjects ? null : row.projects.map(({ projectId }) => projectId),
        madeAt: row.createdAt,
      },
    };
  }

  return { validateApiToken: validate };
}
