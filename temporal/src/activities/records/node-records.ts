// What a probe found out about a node, written where the screens read it.
import { Prisma } from "@homeport/db/client";
import { type NodeReason, type NodeReasonCode, readNodeReason } from "@homeport/domain/node/node-reason";
import { keepUnread, NodeInventory, reportState } from "@homeport/domain/node/node-report";
import type { Identity, Inspection } from "../ports";
import type { RecordDeps } from "./types";

/** What came as an activity's argument is read: one of an older release was a sentence. */
const because = (reason: NodeReason | null) => ({ stateReason: reason ?? Prisma.DbNull });

export const nodeRecords = ({ db }: RecordDeps) => ({
  /** Keeps what the node showed. "inspect" when it is who a person confirmed; else its state says why it is left alone. */
  async keepIdentity({ nodeId, identity }: { nodeId: string; identity: Identity }): Promise<"inspect" | "stop"> {
    const { certificate, sshHostKey } = identity;
    const node = await db.proxmoxNode.findFirst({
      where: { id: nodeId, retiredAt: null },
      select: { tlsFingerprint: true, sshHostKey: true },
    });
    if (node === null) return "stop";
    const seen = {
      seenTlsFingerprint: certificate.fingerprint,
      seenSshHostKey: sshHostKey,
      seenCertificate: certificate satisfies Prisma.InputJsonObject,
      probedAt: new Date(),
      lastSeenAt: new Date(),
    };
    const write = (data: Prisma.ProxmoxNodeUpdateManyMutationInput) =>
      db.proxmoxNode.updateMany({ where: { id: nodeId, retiredAt: null }, data: { ...seen, ...data } });
    if (node.tlsFingerprint === null) {
      await write({ state: "unverified", ...because({ why: "unconfirmed" }) });
      return "stop";
    }
    const changed: Extract<NodeReasonCode, { why: "keys_changed" }>["keys"] = [];
    if (node.tlsFingerprint !== certificate.fingerprint) changed.push("certificate");
    if (node.sshHostKey !== null && sshHostKey !== null && node.sshHostKey !== sshHostKey) changed.push("ssh_host_key");
    if (changed.length > 0) {
      await write({ state: "key_changed", ...because({ why: "keys_changed", keys: changed }) });
      return "stop";
    }
    await write({});
    return "inspect";
  },

  async keepInspection({ nodeId, inspection }: { nodeId: string; inspection: Inspection }): Promise<void> {
    const write = (data: Prisma.ProxmoxNodeUpdateManyMutationInput) =>
      db.proxmoxNode.updateMany({ where: { id: nodeId, retiredAt: null }, data: { ...data, probedAt: new Date() } });
    if ("keyChanged" in inspection) return; // written where it was seen
    if ("unreachable" in inspection)
      return void (await write({ state: "unreachable", ...because(readNodeReason(inspection.unreachable)) }));
    if ("refused" in inspection)
      return void (await write({ state: "needs_attention", ...because(readNodeReason(inspection.refused)) }));
    const { report, inventory, pveName, pveVersion } = inspection;
    const { state, reason } = reportState(report);
    const before =
      inventory?.unreadStorages === undefined
        ? null
        : await db.proxmoxNode.findUnique({ where: { id: nodeId }, select: { inventory: true } });
    await write({
      state,
      ...because(reason),
      report,
      lastSeenAt: new Date(),
      ...(inventory === null
        ? {}
        : { inventory: keepUnread(inventory, NodeInventory.safeParse(before?.inventory).data) }),
      ...(pveName === null ? {} : { pveName }),
      ...(pveVersion === null ? {} : { pveVersion }),
    });
  },

  async keepUnreachable({ nodeId, why }: { nodeId: string; why: NodeReasonCode }): Promise<void> {
    const node = await db.proxmoxNode.findUnique({ where: { id: nodeId }, select: { tlsFingerprint: true } });
    // A node that nobody has confirmed yet stays unconfirmed, with the reason.
    const state = node?.tlsFingerprint === null ? "unverified" : "unreachable";
    await db.proxmoxNode.updateMany({
      where: { id: nodeId, retiredAt: null, state: { not: "key_changed" } },
      data: { state, ...because(readNodeReason(why)), probedAt: new Date() },
    });
  },

  async endProbe({ nodeId }: { nodeId: string }): Promise<void> {
    await db.proxmoxNode.updateMany({ where: { id: nodeId, probing: true }, data: { probing: false } });
  },
});
