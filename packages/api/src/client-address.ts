// Which address a request came from. What a client says of itself counts only where a proxy we know has said it.
import { BlockList, isIP } from "node:net";

/**
 * `peer` is the other end of the connection. Behind trusted proxies it is theirs: then the rightmost address of
 * X-Forwarded-For that is not a trusted proxy is the client's, as each proxy appends whom it heard from.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | null,
  trusted: readonly string[],
): string {
  const direct = plain(peer ?? "");
  if (direct === undefined) return "unknown";
  const known = blockList(trusted);
  const isTrusted = (address: string): boolean => known.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  if (!isTrusted(direct)) return direct;
  let client = direct;
  for (const hop of (forwardedFor ?? "").split(",").reverse()) {
    const address = plain(hop.trim());
    if (address === undefined) return client;
    client = address;
    if (!isTrusted(address)) return client;
  }
  return client;
}

/** Entries are addresses or networks ("10.0.0.0/8"). */
function blockList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (isIP(address) === 0) continue;
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Without port and IPv4-in-IPv6 clothes; undefined when it is no address. */
function plain(text: string): string | undefined {
  const bare = /^\[(.+)\](:\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
  return isIP(address) === 0 ? undefined : address;
}
