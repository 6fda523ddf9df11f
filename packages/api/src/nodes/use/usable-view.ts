// What somebody who may use a node sees of it: what a choice needs. Where it is and how it is reached stay with its owner.
import type { Prisma } from "@homeport/db/client";

export const usableNodeView = {
  id: true,
  userId: true,
  name: true,
  state: true,
  isDefault: true,
  pveVersion: true,
  sshUser: true,
  sshHostKey: true,
  user: { select: { name: true } },
} as const satisfies Prisma.ProxmoxNodeSelect;
type Row = Prisma.ProxmoxNodeGetPayload<{ select: typeof usableNodeView }>;

export type UsableNodeView = Pick<Row, "id" | "name" | "state" | "pveVersion"> & {
  /** What happens inside containers is possible. */
  hasSsh: boolean;
  /** The caller's own default: another person's counts for them alone. */
  isDefault: boolean;
  own: boolean;
  owner: Row["user"];
};

export function toUsableNodeView(row: Row, userId: string): UsableNodeView {
  const { id, name, state, pveVersion, user } = row;
  const own = row.userId === userId;
  return {
    id,
    name,
    state,
    pveVersion,
    hasSsh: Boolean(row.sshUser) && row.sshHostKey !== null,
    isDefault: own && row.isDefault,
    own,
    owner: user,
  };
}
