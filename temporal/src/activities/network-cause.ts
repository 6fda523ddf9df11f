// Why a host could not be reached, for a person: from the codes of Node, its TLS and undici, wherever in the chain of causes they stand.
const causes: Record<string, string> = {
  ECONNREFUSED: "it refused the connection: nothing listens at this port, or a firewall is in the way",
  ENOTFOUND: "the host name is not known to Homeport's name server",
  EAI_AGAIN: "Homeport's name server gave no answer for the host name",
  EHOSTUNREACH: "there is no way to this address: the machine is off, or in another network",
  ENETUNREACH: "Homeport's machine has no way to this network",
  EHOSTDOWN: "the machine is down",
  ETIMEDOUT:
    "nothing answered in time: the address is another one, the machine is off, or a firewall drops the connection",
  UND_ERR_CONNECT_TIMEOUT:
    "nothing answered in time: the address is another one, the machine is off, or a firewall drops the connection",
  ERR_TLS_HANDSHAKE_TIMEOUT: "something takes the connection, but does not begin TLS: it is probably another service",
  ECONNRESET: "it closed the connection at once",
  EPIPE: "it closed the connection at once",
  UND_ERR_SOCKET: "it closed the connection at once",
};

/** A clause without a full stop; undefined: nothing is known but that it failed. Texts of errors are never quoted. */
export function networkCause(error: unknown): string | undefined {
  for (const one of chain(error)) {
    const code = "code" in one && typeof one.code === "string" ? one.code : "";
    const known = Object.hasOwn(causes, code) ? causes[code] : undefined;
    if (known !== undefined) return known;
    // OpenSSL's: a wrong version number is what it makes of plain HTTP, and of SSH.
    if (/^(ERR_SSL_|EPROTO$)/.test(code))
      return "something answers there, but not with TLS: it is probably another service";
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
