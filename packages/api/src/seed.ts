// The demo person of a fresh installation and their node, the lab: made once, brought up to date at every start.
import type { Auth } from "@homeport/auth";
import type { Db, DbOrTransaction } from "@homeport/db/client";
import { savedNode } from "@homeport/db/saved-node";
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import type { Vault } from "@homeport/db/sealing";
import { createAudit } from "./audit";
import { newId } from "@homeport/records/new-id";
import { lockNodesOf } from "./access/node-locks";
import { sealSecrets } from "./nodes/secrets";
import { createPersonalOrganization } from "./projects/create-personal";

export interface DemoNode {
  name: string;
  host: string;
  port: number;
  tokenId: string;
  tokenSecret: string;
  /** SHA-256 of the certificate, "AA:BB:…", and of the host key, "SHA256:…": the launcher has them from the lab itself. */
  fingerprint: string;
  hostKey: string;
  sshUser: string;
  sshPort: number;
  sshPassword: string;
}

export interface SeedOptions {
  db: Db;
  auth: Auth;
  vault: Vault;
  email: string;
  password: string;
  node?: DemoNode;
}

export interface Seeded {
  userId: string;
  nodeId: string | undefined;
  /** The node is new or at another place than before: it has to be probed. */
  nodeChanged: boolean;
}

/** Safe to call at every start. A password that the person changed since stays theirs; the other nodes of the person are left alone. */
export async function seedDemo({ db, auth, vault, email, password, node }: SeedOptions): Promise<Seeded> {
  const existing = await db.user.findUnique({ where: { email }, select: { id: true } });
  const userId = existing?.id ?? (await createDemoPerson(auth, { email, password }));
  if (!node) return { userId, nodeId: undefined, nodeChanged: false };
  return db.$transaction(async (transaction) => {
    await lockNodesOf(transaction, userId);
    return { userId, ...(await seedNode(transaction, { userId, vault, node })) };
  });
}

const launcher = { ip: "local", userAgent: "Homeport launcher" };

async function createDemoPerson(auth: Auth, { email, password }: { email: string; password: string }): Promise<string> {
  const { id } = await auth.createAccount({ name: "Demo", email, password }, async (transaction, made) => {
    await createPersonalOrganization(transaction, made);
    // No mail would ever arrive there.
    await transaction.user.update({
      where: { id: made.id },
      data: { emailVerifiedAt: new Date() },
      select: { id: true },
    });
    await createAudit(null, launcher)(transaction, {
      action: "account.seed",
      target: { type: "account", id: made.id, name: made.name },
    });
  });
  return id;
}

async function seedNode(
  transaction: DbOrTransaction,
  { userId, vault, node }: { userId: string; vault: Vault; node: DemoNode },
): Promise<Omit<Seeded, "userId">> {
  const { name, host, port, tokenId, sshUser, sshPort, fingerprint: tlsFingerprint, hostKey: sshHostKey } = node;
  const place = { host, port, tokenId, sshUser, sshPort, tlsFingerprint, sshHostKey };
  const before = await transaction.proxmoxNode.findFirst({ where: { userId, name, ...savedNode } });
  const id = before?.id ?? newId(new Date());
  const kept =
    before !== null &&
    Object.entries(place).every(([key, value]) => before[key as keyof typeof place] === value) &&
    sameSecrets(vault, before, node);
  if (kept) return { nodeId: id, nodeChanged: false };
  const secrets = sealSecrets(vault, id, { tokenSecret: node.tokenSecret, sshPassword: node.sshPassword });
  const data = {
    ...place,
    ...secrets,
    secretsSetAt: new Date(),
    seenTlsFingerprint: tlsFingerprint,
    seenSshHostKey: sshHostKey,
    state: "needs_attention" as const,
    stateReason: { why: "checking" } satisfies NodeReasonCode,
    probing: true,
  };
  const isDefault = (await transaction.proxmoxNode.count({ where: { userId, isDefault: true } })) === 0;
  if (before)
    await transaction.proxmoxNode.update({
      where: { id },
      data: { ...data, isDefault: before.isDefault || isDefault },
    });
  else await transaction.proxmoxNode.create({ data: { id, userId, name, ...data, isDefault } });
  await createAudit(null, launcher)(transaction, {
    action: "node.seed",
    target: { type: "node", id, name },
    details: { host, port },
  });
  return { nodeId: id, nodeChanged: true };
}

/** A row sealed with a key that is lost counts as changed: it is sealed anew. */
function sameSecrets(
  vault: Vault,
  row: { id: string; tokenSecret: string; sshPassword: string | null },
  node: DemoNode,
): boolean {
  try {
    const opened = (column: "tokenSecret" | "sshPassword"): string =>
      vault.open({ table: "ProxmoxNode", row: row.id, column }, row[column] ?? "");
    return opened("tokenSecret") === node.tokenSecret && opened("sshPassword") === node.sshPassword;
  } catch {
    return false;
  }
}
