// Which address a request came from. What a client says of itself counts only where a proxy we know has said it.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyaddr from "proxy-addr";

/**
 * `peer` is the other end of the connection. Behind trusted proxies it is theirs: then the rightmost address of
 * X-Forwarded-For that is not a trusted proxy is the client's, as each proxy appends whom it heard from. `trusted` holds
 * addresses and networks ("10.0.0.0/8"). "unknown" when the connection has no address.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | null,
  trusted: readonly string[],
): string {
  const direct = plain(peer ?? "");
  if (direct === undefined) return "unknown";
  const hops = (forwardedFor ?? "").split(",").map((hop) => plain(hop.trim()));
  // Whatever stands before something that is no address was written by nobody we know.
  const readable = hops.slice(hops.lastIndexOf(undefined) + 1);
  const request = { connection: { remoteAddress: direct }, headers: { "x-forwarded-for": readable.join(", ") } };
  return proxyaddr(request as unknown as IncomingMessage, [...trusted]); // all that it reads of a request
}

/** Without port and IPv4-in-IPv6 clothes, which proxies add and the library does not take; undefined when it is no address. */
function plain(text: string): string | undefined {
  const bare = /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(address) === 0 ? undefined : address;
}
