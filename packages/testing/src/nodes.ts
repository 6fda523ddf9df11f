// A node as its rows are once a person confirmed its pins and its probe went well.
import { randomUUID } from "node:crypto";
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import { IMAGE } from "./containers";

/** What is known of a running lab. */
interface LabAddress {
  host: string;
  port: number;
  sshPort: number;
  token: { id: string; secret: string };
  ssh: { user: string; password: string };
  fingerprint: string;
  hostKey: string;
}

/** What its last probe saw. */
export const inventory = {
  storages: [
    {
      name: "local-lvm",
      type: "lvmthin",
      availableBytes: 1e12,
      totalBytes: 2e12,
      forContainers: true,
      forTemplates: false,
    },
  ],
  bridges: [{ name: "vmbr0" }],
  osTemplates: [{ volid: IMAGE, sizeBytes: 1 }],
};

/** Its person's default. `at`: where it is reached, if not at the lab itself. Answers its id. */
export async function addLabNode(
  { db, vault }: { db: Db; vault: Vault },
  userId: string,
  { lab, at = lab }: { lab: LabAddress; at?: { port: number; sshPort: number } },
): Promise<string> {
  const id = randomUUID();
  const seal = (column: string, plain: string): string => vault.seal({ table: "ProxmoxNode", row: id, column }, plain);
  await db.proxmoxNode.create({
    data: {
      id,
      userId,
      name: "lab",
      host: lab.host,
      port: at.port,
      pveName: "pve",
      tokenId: lab.token.id,
      tokenSecret: seal("tokenSecret", lab.token.secret),
      sshUser: lab.ssh.user,
      sshPort: at.sshPort,
      sshPassword: seal("sshPassword", lab.ssh.password),
      tlsFingerprint: lab.fingerprint,
      sshHostKey: lab.hostKey,
      seenTlsFingerprint: lab.fingerprint,
      seenSshHostKey: lab.hostKey,
      state: "online",
      isDefault: true,
      inventory,
    },
  });
  return id;
}
