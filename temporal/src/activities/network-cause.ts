// Why a host could not be reached: from the codes of Node, its TLS and undici, wherever in the chain of causes they stand.
import type { NetworkCause } from "@homeport/domain/node/node-reason";

const causes = new Map<string, NetworkCause>(
  Object.entries({
    ECONNREFUSED: "refused",
    ENOTFOUND: "name_unknown",
    EAI_AGAIN: "name_server_silent",
    EHOSTUNREACH: "no_way",
    ENETUNREACH: "no_network",
    EHOSTDOWN: "host_down",
    ETIMEDOUT: "timeout",
    UND_ERR_CONNECT_TIMEOUT: "timeout",
    ERR_TLS_HANDSHAKE_TIMEOUT: "tls_silent",
    ECONNRESET: "closed",
    EPIPE: "closed",
    UND_ERR_SOCKET: "closed",
  }),
);

/** Undefined: nothing is known but that it failed. Texts of errors are never quoted. */
export function networkCause(error: unknown): NetworkCause | undefined {
  for (const one of chain(error)) {
    const code = "code" in one && typeof one.code === "string" ? one.code : "";
    const known = causes.get(code);
    if (known !== undefined) return known;
    // OpenSSL's: a wrong version number is what it makes of plain HTTP, and of SSH.
    if (/^(ERR_SSL_|EPROTO$)/.test(code)) return "not_tls";
  }
  return undefined;
}

const MOST_CAUSES = 8;

/** An error, the errors of the addresses of its host, and what caused them. */
function chain(error: unknown): Error[] {
  const found: Error[] = [];
  const open = [error];
  while (open.length > 0 && found.length < MOST_CAUSES) {
    const one = open.shift();
    if (!(one instanceof Error)) continue;
    found.push(one);
    if (one instanceof AggregateError) open.push(...(one.errors as unknown[]));
    open.push(one.cause);
  }
  return found;
}
