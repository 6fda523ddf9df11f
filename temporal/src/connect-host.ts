// The way to a node: its row read, its secrets opened, here and nowhere else.
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import { connectProxmox } from "@homeport/proxmox";
import { connectSsh } from "@homeport/ssh";
import { StepFailure } from "./activities/failures";
import type { HostDeps } from "./activities/host/deps";
import { pinsOf } from "./activities/records/node-pins";
import { createConnections } from "./connections";

export interface NodeAccess {
  db: Db;
  vault: Vault;
}

export function createConnect({ db, vault }: NodeAccess): HostDeps["connect"] {
  const connections = createConnections();
  return async (nodeId) => {
    const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, retiredAt: null } });
    if (node === null) throw new StepFailure("The node was removed from Homeport.");
    const { name, host, tlsFingerprint, sshHostKey, sshUser } = node;
    if (node.state === "key_changed")
      throw new StepFailure(
        `Node ${name} changed its identity: ${node.stateReason ?? "compare and confirm it under Nodes."}`,
      );
    if (tlsFingerprint === null) throw new StepFailure(`The identity of node ${name} has not been confirmed yet.`);
    const open = (column: "tokenSecret" | "sshPassword" | "sshPrivateKey", sealed: string | null): string | undefined =>
      sealed === null ? undefined : vault.open({ table: "ProxmoxNode", row: nodeId, column }, sealed);

    const [user = "", tokenId = ""] = node.tokenId.split("!");
    const { proxmox, ssh, close } = connections.lease(pinsOf(node), {
      proxmox: () =>
        connectProxmox({
          host,
          port: node.port,
          tokenId: node.tokenId,
          tokenSecret: open("tokenSecret", node.tokenSecret) ?? "",
          fingerprint: tlsFingerprint,
        }),
      ssh: () =>
        connectSsh({
          host,
          port: node.sshPort,
          user: sshUser ?? "",
          password: open("sshPassword", node.sshPassword),
          privateKey: open("sshPrivateKey", node.sshPrivateKey),
          hostKey: sshHostKey ?? "",
        }),
    });
    const hasSsh = sshUser !== null && sshUser !== "" && sshHostKey !== null;
    return { name, pveName: node.pveName ?? "", proxmox, token: { user, tokenId }, hasSsh, ssh, close };
  };
}

export function createLocate({ db }: { db: Db }): HostDeps["locate"] {
  return async (nodeId) => {
    const node = await db.proxmoxNode.findFirst({
      where: { id: nodeId, retiredAt: null },
      select: {
        name: true,
        host: true,
        port: true,
        sshPort: true,
        sshUser: true,
        tlsFingerprint: true,
        sshHostKey: true,
      },
    });
    if (node === null) return undefined;
    const { sshUser, ...place } = node;
    return { ...place, hasSsh: sshUser !== null && sshUser !== "" };
  };
}

/** From here on nothing is sent to it, by anybody, until a person compared old and new. */
export function createIdentityChanged({ db }: { db: Db }): HostDeps["identityChanged"] {
  return async (nodeId, { tlsFingerprint, sshHostKey }) => {
    const what = tlsFingerprint === undefined ? "SSH host key" : "certificate";
    await db.proxmoxNode.updateMany({
      where: { id: nodeId, retiredAt: null },
      data: {
        state: "key_changed",
        stateReason: `Its ${what} changed. Compare and confirm before anything is sent to it.`,
        ...(tlsFingerprint === undefined ? {} : { seenTlsFingerprint: tlsFingerprint }),
        ...(sshHostKey === undefined ? {} : { seenSshHostKey: sshHostKey }),
      },
    });
  };
}
