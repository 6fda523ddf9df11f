// What somebody may do where they have a role: what the role gives, less what a token that they ask by was not given.
import type { OrganizationRole } from "@homeport/db/types";
import { may, type Permission } from "@homeport/domain/access/permission";
import type { TokenScope } from "@homeport/domain/access/token-scope";

/** Whose rights are read. `scope`: null for the person themselves. */
export interface Holder {
  userId: string;
  scope: TokenScope | null;
}

export interface Rights {
  role: OrganizationRole;
  scope: TokenScope | null;
}

export function allows({ role, scope }: Rights, permission: Permission): boolean {
  return may(role, permission) && (scope === null || scope.permissions.includes(permission));
}
