// Who a node says it is, before anybody trusts it: a handshake each, and nothing sent.
import type { NodeReasonCode } from "@homeport/domain/node/node-reason";
import { probeCertificate, ProxmoxError } from "@homeport/proxmox";
import { probeHostKey, SshError } from "@homeport/ssh";
import { networkCause } from "../../network-cause";
import type { Identity } from "../../ports";
import type { HostDeps } from "../deps";

export type IdentityAnswer = { identity: Identity } | { unreachable: NodeReasonCode } | { deleted: true };

/** An SSH port that is closed does not hide the certificate; it is reported later, line by line. */
export async function readIdentity(deps: HostDeps, nodeId: string): Promise<IdentityAnswer> {
  const place = await deps.locate(nodeId);
  if (place === undefined) return { deleted: true };
  const { name, host, port, sshPort, hasSsh } = place;
  try {
    const [certificate, key] = await Promise.all([
      probeCertificate({ host, port }),
      hasSsh
        ? probeHostKey({ host, port: sshPort }).catch((error: unknown) => {
            if (error instanceof SshError) return null;
            throw error;
          })
        : null,
    ]);
    return { identity: { certificate, sshHostKey: key?.fingerprint ?? null } };
  } catch (error) {
    if (error instanceof ProxmoxError) {
      const cause = networkCause(error) ?? (error.cause === undefined ? "closed" : null);
      return { unreachable: { why: "unreachable", node: name, at: { host, port }, cause } };
    }
    throw error;
  }
}
