// Which Host a request may name. A page of another site whose name was made to resolve to this machine (DNS rebinding) sends
// its own name here, and to the browser our answers would be its own: so a name that is not ours gets nothing at all.

/** Holds the Host that was refused, on its way to the route that answers so (app/api/misdirected). */
export const REFUSED_HOST_HEADER = "x-homeport-refused-host";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

export interface HostRules {
  /** The port that this server listens on. */
  port: number | undefined;
  /** HOMEPORT_URL, the address that people type; undefined when it is not set. */
  publicUrl: string | undefined;
}

/** `host`: the request's Host header. Loopback names with our own port or that of a HOMEPORT_URL on this machine, and the host of HOMEPORT_URL; nothing else, and not without one. */
export function isAllowedHost(host: string | undefined, { port, publicUrl }: HostRules): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const asked = new URL(`http://${host}`);
  // Anything but a bare "name:port" is an attempt to be read in two ways.
  if (asked.href !== `http://${asked.host}/`) return false;
  if (publicUrl !== undefined && URL.canParse(publicUrl) && sameHost(host, publicUrl)) return true;
  if (!LOOPBACK.has(asked.hostname)) return false;
  const asks = Number(asked.port || "80");
  return asks === port || asks === loopbackPort(publicUrl);
}

/** Of a HOMEPORT_URL on this machine, such as a proxy's at 127.0.0.1: it is called localhost too, where passkeys are. */
function loopbackPort(publicUrl: string | undefined): number | undefined {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return undefined;
  const { protocol, hostname, port } = new URL(publicUrl);
  return protocol === "http:" && LOOPBACK.has(hostname) ? Number(port || "80") : undefined;
}

/** "homeport.lan" and "homeport.lan:443" are the same behind https, as "homeport.lan:80" is behind http. */
function sameHost(host: string, publicUrl: string): boolean {
  const ours = new URL(publicUrl);
  return new URL(`${ours.protocol}//${host}`).host === ours.host;
}
