// Which places a node may be at: a lab's own network, yes; this machine's services and a cloud's metadata, no.
import { ipv4Number } from "./network";

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
  if (!rules.allowLoopback) return "This is the machine that Homeport itself runs on.";
  return rules.ownPorts.includes(port) ? `Port ${port} of this machine belongs to Homeport itself.` : undefined;
}

function kindOf(host: string): Kind {
  const name = host.toLowerCase().replace(/\.+$/, "");
  if (name.includes(":")) return ipv6Kind(name);
  const number = ipv4Number(name);
  if (number !== undefined) return ipv4Kind(number);
  // The C library reads "2130706433", "0x7f.1" and "127.1" as addresses; written so, they only hide one.
  if (/^(0x[0-9a-f]*|\d+)$/.test(name.split(".").at(-1) ?? "")) return "unusable";
  if (name === "localhost" || name.endsWith(".localhost") || name === "ip6-localhost" || name === "ip6-loopback") return "loopback";
  if (name === "metadata" || name === "metadata.google.internal") return "metadata";
  return "ordinary";
}

/** IANA's special-purpose registry (RFC 6890) and the metadata addresses of the large clouds. */
function ipv4Kind(address: number): Kind {
  const within = (base: string, prefix: number): boolean => {
    const size = 2 ** (32 - prefix);
    return Math.floor(address / size) === Math.floor((ipv4Number(base) ?? 0) / size);
  };
  if (within("127.0.0.0", 8)) return "loopback";
  if (within("169.254.169.254", 32) || within("100.100.100.200", 32) || within("192.0.0.192", 32)) return "metadata";
  if (within("169.254.0.0", 16)) return "link-local";
  if (within("0.0.0.0", 8) || within("224.0.0.0", 3)) return "unusable";
  return "ordinary";
}

function ipv6Kind(text: string): Kind {
  const groups = ipv6Groups(text);
  if (!groups) return "unusable";
  const [first = 0] = groups;
  const tail = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  const zeros = (count: number): boolean => groups.slice(0, count).every((group) => group === 0);
  if (zeros(7) && groups[7] === 1) return "loopback";
  if (zeros(8)) return "unusable";
  // IPv4 in IPv6 clothes: ::ffff:0:0/96 (mapped), ::/96 (compatible) and 64:ff9b::/96 (NAT64).
  if ((zeros(5) && groups[5] === 0xffff) || zeros(6)) return ipv4Kind(tail);
  if (first === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) return ipv4Kind(tail);
  if (first === 0xfd00 && groups[1] === 0xec2 && groups[7] === 0x254) return "metadata";
  if ((first & 0xffc0) === 0xfe80) return "link-local";
  if ((first & 0xff00) === 0xff00) return "unusable";
  return "ordinary";
}

/** The eight groups of an IPv6 address, or undefined when `text` is none. */
function ipv6Groups(text: string): number[] | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const number = ipv4Number(dotted[2] ?? "");
    return number === undefined ? undefined : ipv6Groups(`${dotted[1]}${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`);
  }
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill("0"), ...rest];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group)) ? groups.map((group) => Number.parseInt(group, 16)) : undefined;
}
