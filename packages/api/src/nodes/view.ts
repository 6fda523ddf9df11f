// What a person sees of a node: never its secrets, only whether they are there.
import type { Prisma } from "@homeport/db/client";
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
  /** Automatic VMIDs come from here, both ends included; null: wherever Proxmox has one. */
  vmidFrom: true,
  vmidTo: true,
  /** Creates at once on each storage, and other tasks at once. */
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
  /** Not saved yet, and gone with its secrets then; null: saved. */
  draftUntil: true,
  /** The node that a draft changes when it is saved; null: it is a new node. */
  replacesId: true,
  observation: {
    select: {
      /** Fraction of all cores, 0 to 1. */
      cpu: true,
      maxCpu: true,
      mem: true,
      maxMem: true,
      disk: true,
      maxDisk: true,
      uptimeS: true,
      /** How many guests it has, and of how many Homeport keeps a row; null before they were counted. */
      guestsSeen: true,
      guestsKept: true,
      seenAt: true,
    },
  },
  _count: { select: { containers: { where: { lifecycle: { not: "deleted" } } } } },
} as const satisfies Prisma.ProxmoxNodeSelect;
type Row = Prisma.ProxmoxNodeGetPayload<{ select: typeof nodeView }>;

type Observation = NonNullable<Row["observation"]>;

/** The row without its secrets, and its documents read. */
export type NodeView = Omit<
  Row,
  "sshPassword" | "sshPrivateKey" | "stateReason" | "seenCertificate" | "report" | "observation" | "_count"
> & {
  /** SSH is set up and its host key confirmed: what happens inside containers is possible. */
  hasSsh: boolean;
  hasSshPassword: boolean;
  hasSshPrivateKey: boolean;
  stateReason: NodeReason | null;
  seenCertificate: SeenCertificate | null;
  report: NodeReport | null;
  containerCount: number;
  observation: NodeUsage | null;
};

type NodeUsage = Omit<Observation, "mem" | "maxMem" | "disk" | "maxDisk"> & {
  memBytes: number | null;
  maxMemBytes: number | null;
  diskBytes: number | null;
  maxDiskBytes: number | null;
};

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
    observation: observation && toUsage(observation),
  };
}

function toUsage({ mem, maxMem, disk, maxDisk, ...observation }: Observation): NodeUsage {
  return {
    ...observation,
    memBytes: bytes(mem),
    maxMemBytes: bytes(maxMem),
    diskBytes: bytes(disk),
    maxDiskBytes: bytes(maxDisk),
  };
}

export const bytes = (value: bigint | null): number | null => (value === null ? null : Number(value));
