// What somebody who may use a node sees of it: what a choice needs. Where it is and how it is reached stay with its owner.
import type { Prisma } from "@homeport/db/client";
import { type NodeReason, readNodeReason } from "@homeport/domain/node/node-reason";
import { bytes } from "../view";

export const usableNodeView = {
  id: true,
  userId: true,
  name: true,
  host: true,
  state: true,
  stateReason: true,
  isDefault: true,
  pveVersion: true,
  sshUser: true,
  sshHostKey: true,
  user: { select: { name: true } },
  observation: { select: { cpu: true, mem: true, maxMem: true } },
} as const satisfies Prisma.ProxmoxNodeSelect;
type Row = Prisma.ProxmoxNodeGetPayload<{ select: typeof usableNodeView }>;

export type UsableNodeView = Pick<Row, "id" | "name" | "state" | "pveVersion"> & {
  /** What happens inside containers is possible. */
  hasSsh: boolean;
  /** The caller's own default: another person's counts for them alone. */
  isDefault: boolean;
  own: boolean;
  owner: Row["user"];
  /** For its owner alone: they name addresses. */
  host: string | null;
  stateReason: NodeReason | null;
  /** As it was seen last: a fraction of all cores, and bytes; null before. */
  usage: { cpu: number | null; memBytes: number | null; maxMemBytes: number | null } | null;
};

export function toUsableNodeView(row: Row, userId: string): UsableNodeView {
  const { id, name, state, pveVersion, user, observation } = row;
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
    host: own ? row.host : null,
    stateReason: own ? readNodeReason(row.stateReason) : null,
    usage: observation && {
      cpu: observation.cpu,
      memBytes: bytes(observation.mem),
      maxMemBytes: bytes(observation.maxMem),
    },
  };
}
