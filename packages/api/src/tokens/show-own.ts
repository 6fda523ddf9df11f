// What a program's own token may do, so that it can find out before it begins. Null for whoever asks without one.
import type { Permission } from "@homeport/domain/access/permission";
import type { Context } from "../context";

export interface OwnToken {
  name: string;
  /** Whose it is. */
  person: { name: string; email: string };
  permissions: Permission[];
  /** Null: all in which its person has a role. */
  projectIds: string[] | null;
  expiresAt: Date;
}

export function showOwnToken({ bearer }: Context): OwnToken | null {
  if (bearer === null) return null;
  const { person, token, scope } = bearer;
  return {
    name: token.name,
    person: { name: person.name, email: person.email },
    permissions: [...scope.permissions],
    projectIds: scope.projectIds === null ? null : [...scope.projectIds],
    expiresAt: token.expiresAt,
  };
}
