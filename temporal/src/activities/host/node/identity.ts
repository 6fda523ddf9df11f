// Who a node says it is, before anybody trusts it: a handshake each, and nothing sent.
import { Context } from "@temporalio/activity";
import { probeCertificate, ProxmoxError } from "@homeport/proxmox";
import { probeHostKey, SshError } from "@homeport/ssh";
import { networkCause } from "../../network-cause";
import type { Identity } from "../../ports";
import type { HostDeps } from "../deps";

/** pve-manager, Service/pveproxy.pm. */
const PVEPROXY_PORT = 8006;

export type IdentityAnswer = { identity: Identity } | { unreachable: string } | { deleted: true };

/** An SSH port that is closed does not hide the certificate; it is reported later, line by line. */
export async function readIdentity(deps: HostDeps, nodeId: string): Promise<IdentityAnswer> {
  const place = await deps.locate(nodeId);
  if (place === undefined) return { deleted: true };
  const { name, host, port, sshPort, hasSsh } = place;
  const beat = setInterval(() => {
    Context.current().heartbeat();
  }, 1_000);
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
    if (error instanceof ProxmoxError) return { unreachable: unreachableText({ name, host, port }, error) };
    throw error;
  } finally {
    clearInterval(beat);
  }
}

/** The usual port is named where another was asked. */
function unreachableText(
  { name, host, port }: { name: string; host: string; port: number },
  error: ProxmoxError,
): string {
  const cause = networkCause(error) ?? (error.cause === undefined ? "it closed the connection at once" : undefined);
  const usual = port === PVEPROXY_PORT ? "" : ` Proxmox usually listens at port ${PVEPROXY_PORT}.`;
  return `Node ${name} cannot be reached at ${host}:${port}${cause === undefined ? "" : `: ${cause}`}.${usual}`;
}
