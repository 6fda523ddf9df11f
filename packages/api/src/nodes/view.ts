// What a person sees of a node: never its secrets, only whether they are there.
import type { Prisma } from "@homeport/db/client";
import type { NodeState } from "@homeport/db/types";
import { type NodeReason, readNodeReason } from "@homeport/domain/node/node-reason";
import { NodeReport, SeenCertificate } from "@homeport/domain/node/node-report";

export const nodeView = {
  id: true,
  name: true,
  host: true,
  port: true,
  pveName: true,
  tokenId: true,
  sshUser: true,
  sshPort: true,
  sshPassword: true,
  sshPrivateKey: true,
  secretsSetAt: true,
  tlsFingerprint: true,
  sshHostKey: true,
  seenTlsFingerprint: true,
  seenSshHostKey: true,
  seenCertificate: true,
  isDefault: true,
  vmidFrom: true,
  vmidTo: true,
  createsAtOnce: true,
  tasksAtOnce: true,
  state: true,
  stateReason: true,
  pveVersion: true,
  report: true,
  probedAt: true,
  probing: true,
  lastSeenAt: true,
  createdAt: true,
  draftUntil: true,
  replacesId: true,
  observation: {
    select: {
      cpu: true,
      maxCpu: true,
      mem: true,
      maxMem: true,
      disk: true,
      maxDisk: true,
      uptimeS: true,
      guestsSeen: true,
      guestsKept: true,
      seenAt: true,
    },
  },
  _count: { select: { containers: { where: { lifecycle: { not: "deleted" } } } } },
} as const satisfies Prisma.ProxmoxNodeSelect;
type Row = Prisma.ProxmoxNodeGetPayload<{ select: typeof nodeView }>;

export interface NodeView {
  id: string;
  name: string;
  host: string;
  port: number;
  pveName: string | null;
  tokenId: string;
  sshUser: string | null;
  sshPort: number;
  /** SSH is set up and its host key confirmed: what happens inside containers is possible. */
  hasSsh: boolean;
  hasSshPassword: boolean;
  hasSshPrivateKey: boolean;
  secretsSetAt: Date;
  tlsFingerprint: string | null;
  sshHostKey: string | null;
  seenTlsFingerprint: string | null;
  seenSshHostKey: string | null;
  seenCertificate: SeenCertificate | null;
  isDefault: boolean;
  /** Automatic VMIDs come from here, both ends included; null: wherever Proxmox has one. */
  vmidFrom: number | null;
  vmidTo: number | null;
  /** Creates at once on each storage, and other tasks at once. */
  createsAtOnce: number;
  tasksAtOnce: number;
  state: NodeState;
  stateReason: NodeReason | null;
  pveVersion: string | null;
  report: NodeReport | null;
  probedAt: Date | null;
  probing: boolean;
  lastSeenAt: Date | null;
  containerCount: number;
  observation: NodeUsage | null;
  createdAt: Date;
  /** Not saved yet, and gone with its secrets then; null: saved. */
  draftUntil: Date | null;
  /** The node that a draft changes when it is saved; null: it is a new node. */
  replacesId: string | null;
}

interface NodeUsage {
  /** Fraction of all cores, 0 to 1. */
  cpu: number | null;
  maxCpu: number | null;
  memBytes: number | null;
  maxMemBytes: number | null;
  diskBytes: number | null;
  maxDiskBytes: number | null;
  uptimeS: number | null;
  /** How many guests it has, and of how many Homeport keeps a row; null before they were counted. */
  guestsSeen: number | null;
  guestsKept: number | null;
  seenAt: Date;
}

export function toNodeView({
  sshPassword,
  sshPrivateKey,
  seenCertificate,
  report,
  observation,
  _count,
  ...row
}: Row): NodeView {
  return {
    ...row,
    hasSsh: Boolean(row.sshUser) && row.sshHostKey !== null,
    hasSshPassword: sshPassword !== null,
    hasSshPrivateKey: sshPrivateKey !== null,
    stateReason: readNodeReason(row.stateReason),
    seenCertificate: SeenCertificate.safeParse(seenCertificate).data ?? null,
    report: NodeReport.safeParse(report).data ?? null,
    containerCount: _count.containers,
    observation: observation && {
      cpu: observation.cpu,
      maxCpu: observation.maxCpu,
      memBytes: bytes(observation.mem),
      maxMemBytes: bytes(observation.maxMem),
      diskBytes: bytes(observation.disk),
      maxDiskBytes: bytes(observation.maxDisk),
      uptimeS: observation.uptimeS,
      guestsSeen: observation.guestsSeen,
      guestsKept: observation.guestsKept,
      seenAt: observation.seenAt,
    },
  };
}

const bytes = (value: bigint | null): number | null => (value === null ? null : Number(value));
