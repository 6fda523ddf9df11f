// Which places a node may be at: a lab's own network, yes; this machine's services and a cloud's metadata, no.
import ipaddr from "ipaddr.js";
import { readIp } from "../container/ip-address";

export interface AddressRules {
  /** For the lab node, which listens on this machine. */
  allowLoopback: boolean;
  /** Ports of Homeport's own services on this machine: refused even when loopback is allowed. */
  ownPorts: readonly number[];
}

type Kind = "ordinary" | "loopback" | "link-local" | "metadata" | "unusable";

const refusals: Record<Exclude<Kind, "ordinary" | "loopback">, string> = {
  "link-local": "A link-local address: a node needs one that is reachable from here for good.",
  metadata: "This address serves a cloud's metadata, not a Proxmox node.",
  unusable: "No server can have this address.",
};

/**
 * Why a node may not be at this place; `undefined` when it may. `host` is an address or a name; what a name resolves to
 * is to be judged by a call of its own per address.
 */
export function whyNotAddress({ host, port }: { host: string; port: number }, rules: AddressRules): string | undefined {
  const kind = kindOf(host);
  if (kind === "ordinary") return undefined;
  if (kind !== "loopback") return refusals[kind];
  if (!rules.allowLoopback)
    return "This is the machine that Homeport itself runs on. If the node really is here, start Homeport with HOMEPORT_ALLOW_LOOPBACK_NODES=1.";
  return rules.ownPorts.includes(port) ? `Port ${port} of this machine belongs to Homeport itself.` : undefined;
}

function kindOf(host: string): Kind {
  const name = host.toLowerCase().replace(/\.+$/, "");
  const ip = readIp(name);
  if (ip !== undefined) return "octets" in ip ? ipv4Kind(ip) : ipv6Kind(ip);
  if (name.includes(":")) return "unusable";
  // The C library reads "2130706433", "0x7f.1" and "127.1" as addresses; written so, they only hide one.
  if (/^(0x[0-9a-f]*|\d+)$/.test(name.split(".").at(-1) ?? "")) return "unusable";
  if (name === "localhost" || name.endsWith(".localhost") || name === "ip6-localhost" || name === "ip6-loopback")
    return "loopback";
  if (name === "metadata" || name === "metadata.google.internal") return "metadata";
  return "ordinary";
}

/** The metadata addresses of the large clouds. */
const METADATA = new Set(["169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"]);

/** IANA's special-purpose registry (RFC 6890), as the library has it. */
function ipv4Kind(ip: ipaddr.IPv4): Kind {
  if (METADATA.has(ip.toString())) return "metadata";
  if ((ip.octets[0] ?? 0) >= 224) return "unusable";
  return rangeKind(ip.range());
}

function ipv6Kind(ip: ipaddr.IPv6): Kind {
  if (METADATA.has(ip.toRFC5952String())) return "metadata";
  if (["unspecified", "loopback"].includes(ip.range())) return rangeKind(ip.range());
  // IPv4 in IPv6 clothes: ::ffff:0:0/96 (mapped), ::/96 (compatible) and 64:ff9b::/96 (NAT64).
  const inner = ip.toByteArray().slice(0, 12);
  if (inner.every((byte) => byte === 0) || ["ipv4Mapped", "rfc6052"].includes(ip.range()))
    return ipv4Kind(new ipaddr.IPv4(ip.toByteArray().slice(12)));
  return rangeKind(ip.range());
}

const rangeKinds: Readonly<Record<string, Kind>> = {
  loopback: "loopback",
  linkLocal: "link-local",
  unspecified: "unusable",
  multicast: "unusable",
  broadcast: "unusable",
};
const rangeKind = (range: string): Kind => rangeKinds[range] ?? "ordinary";
