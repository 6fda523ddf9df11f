// Looks at the certificate of a node before anybody trusts it: a TLS handshake, and not one byte of HTTP.
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect } from "node:tls";
import { ProxmoxError } from "./error";
import { fingerprintOf } from "./fingerprint";

export interface Certificate {
  /** SHA-256, `AA:BB:…` */
  fingerprint: string;
  /** Distinguished names in one line. */
  subject: string;
  issuer: string;
  /** DNS names and addresses it is made out for. */
  names: string[];
  /** ISO 8601, UTC. */
  notBefore: string;
  notAfter: string;
}

/** The leaf certificate that `host:port` shows. Throws `ProxmoxError` of kind `unreachable` when there is none to see. */
export function probeCertificate(at: { host: string; port: number; timeoutMs?: number }): Promise<Certificate> {
  const { host, port, timeoutMs = 10_000 } = at;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
    let connected = false;
    socket.once("connect", () => {
      connected = true;
    });
    // Node's own codes: whoever reads them need not know who measured.
    const timer = setTimeout(
      () =>
        socket.destroy(
          Object.assign(new Error(`no TLS handshake within ${timeoutMs} ms`), {
            code: connected ? "ERR_TLS_HANDSHAKE_TIMEOUT" : "ETIMEDOUT",
          }),
        ),
      timeoutMs,
    );
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      if (certificate) resolve(describe(certificate));
      socket.destroy();
    });
    socket.on("error", (cause: Error) =>
      reject(
        new ProxmoxError("unreachable", `${host}:${port} did not show a certificate: ${cause.message}`, { cause }),
      ),
    );
    socket.once("close", () => {
      clearTimeout(timer);
      // Does nothing when one of the above has settled it.
      reject(new ProxmoxError("unreachable", `${host}:${port} closed the connection without showing a certificate.`));
    });
  });
}

function describe(certificate: X509Certificate): Certificate {
  return {
    fingerprint: fingerprintOf(certificate.raw),
    subject: certificate.subject.replaceAll("\n", ", "),
    issuer: certificate.issuer.replaceAll("\n", ", "),
    names: (certificate.subjectAltName ?? "")
      .split(", ")
      .map((name) => name.replace(/^(?:DNS|IP Address):/, ""))
      .filter(Boolean),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}
