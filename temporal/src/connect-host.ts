// The way to a node: its row read, its secrets opened, here and nowhere else.
import type { Db } from "@homeport/db/client";
import type { Vault } from "@homeport/db/sealing";
import { type NodeReasonCode, readNodeReason } from "@homeport/domain/node/node-reason";
import { nodeReasonText } from "@homeport/domain/text/node-reason";
import { connectProxmox } from "@homeport/proxmox";
import { connectSsh } from "@homeport/ssh";
import { NodeLeftAlone } from "./activities/failures";
import type { HostDeps } from "./activities/host/deps";
import { pinsOf } from "./activities/records/node-pins";
import { createConnections } from "./connections";

export interface NodeAccess {
  db: Db;
  vault: Vault;
}

export function createConnect({ db, vault }: NodeAccess): HostDeps["connect"] {
  const lease = createConnections();
  return async (nodeId) => {
    const node = await db.proxmoxNode.findFirst({ where: { id: nodeId, retiredAt: null } });
    if (node === null) throw new NodeLeftAlone("The node was removed from Homeport.", { why: "removed" });
    const { name, host, tlsFingerprint, sshHostKey, sshUser } = node;
    if (node.state === "key_changed") {
      const known = readNodeReason(node.stateReason);
      throw new NodeLeftAlone(
        `Node ${name} changed its identity: ${known ? nodeReasonText(known) : "compare and confirm it under Nodes."}`,
        known?.why === "keys_changed" ? known : { why: "keys_changed", keys: [] },
      );
    }
    if (tlsFingerprint === null)
      throw new NodeLeftAlone(`The identity of node ${name} has not been confirmed yet.`, { why: "unconfirmed" });
    const open = (column: "tokenSecret" | "sshPassword" | "sshPrivateKey", sealed: string | null): string | undefined =>
      sealed === null ? undefined : vault.open({ table: "ProxmoxNode", row: nodeId, column }, sealed);

    const [user = "", tokenId = ""] = node.tokenId.split("!");
    const { close, guest, kept, proxmox, ssh } = lease(pinsOf(node), {
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
    return { name, pveName: node.pveName ?? "", proxmox, token: { user, tokenId }, hasSsh, ssh, guest, kept, close };
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
    const key = tlsFingerprint === undefined ? "ssh_host_key" : "certificate";
    await db.proxmoxNode.updateMany({
      where: { id: nodeId, retiredAt: null },
      data: {
        state: "key_changed",
        stateReason: { why: "keys_changed", keys: [key] } satisfies NodeReasonCode,
        ...(tlsFingerprint === undefined ? {} : { seenTlsFingerprint: tlsFingerprint }),
        ...(sshHostKey === undefined ? {} : { seenSshHostKey: sshHostKey }),
      },
    });
  };
}
