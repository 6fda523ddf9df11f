// Connections that are handed to HTTP only after the certificate was found to be the pinned one.
import type { TLSSocket } from "node:tls";
import { Agent, buildConnector } from "undici";
import { ProxmoxError } from "./error";
import { fingerprintOf, matchesPin } from "./fingerprint";

/** pveproxy closes idle connections after 5 s without saying so (pve-manager Service/pveproxy.pm); we must be first. */
const IDLE_MS = 4_000;
/** A node has three workers that block while they work; a crowd of requests would only queue there. */
const CONNECTIONS = 6;

export interface PinnedAgentOptions {
  fingerprint: string;
  connectTimeoutMs: number;
  timeoutMs: number;
  maxBytes: number;
}

/** An agent for one node. Before the callback below is called with a socket, undici has no way to write to it. */
export function pinnedAgent({ fingerprint, connectTimeoutMs, timeoutMs, maxBytes }: PinnedAgentOptions): Agent {
  const connectTls = buildConnector({
    // Nodes sign their own certificates; the pin is stricter than any authority would be.
    rejectUnauthorized: false,
    // A resumed session need not show a certificate.
    maxCachedSessions: 0,
    timeout: connectTimeoutMs,
  });
  return new Agent({
    connect(options, callback) {
      connectTls(options, (error, socket) => {
        if (error) return callback(error, null);
        const refusal = refuse(socket as TLSSocket, fingerprint); // the cast: every origin of this agent is https
        if (!refusal) return callback(null, socket);
        socket.destroy();
        callback(refusal, null);
      });
    },
    connections: CONNECTIONS,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxBytes,
  });
}

function refuse(socket: TLSSocket, fingerprint: string): ProxmoxError | undefined {
  const der = socket.getPeerX509Certificate()?.raw;
  if (!der) return new ProxmoxError("certificate", "The node showed no certificate.");
  if (matchesPin(der, fingerprint)) return undefined;
  const seenFingerprint = fingerprintOf(der);
  return new ProxmoxError(
    "certificate",
    `The node showed another certificate than the pinned one: ${seenFingerprint}.`,
    { seenFingerprint },
  );
}
