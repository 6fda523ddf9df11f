// Addresses of a container: one set of rules for the form, the batch, the edit and the API, each with its reason.
// What Proxmox takes is taken (pve-common, JSONSchema.pm: prefixes from /8; pve-container, Setup/Base.pm: a gateway outside the network).
import { z } from "zod";
import { bitsOf, familyOf, hostPart, isWithin, readIp, sameIp, textOf, type Family, type Ip } from "./ip-address";

/** pve-common, JSONSchema.pm, pve_verify_ipv4_config and ipv6: shorter prefixes are refused. */
const PREFIX_MIN = 8;

const examples = {
  4: { cidr: "192.168.1.20/24", ip: "192.168.1.1" },
  6: { cidr: "2001:db8::20/64", ip: "2001:db8::1" },
} as const;
const named = (family: Family): string => `IPv${family}`;

export interface Cidr {
  ip: Ip;
  prefix: number;
}

/** The address with its prefix, or why it is none of this family. */
export function readCidr(text: string, family: Family): Cidr | string {
  const example = examples[family].cidr;
  const [address = "", prefix, ...rest] = text.trim().split("/");
  if (text.trim() === "") return `An ${named(family)} address with its prefix is needed, such as ${example}.`;
  const ip = readAddress(address, family);
  if (typeof ip === "string") return `${ip} It is written like ${example}.`;
  if (prefix === undefined) return `The prefix is missing: ${address}/${family === 4 ? 24 : 64}, for example.`;
  const mask = family === 4 ? readIp(prefix) : undefined;
  const length = mask?.prefixLengthFromSubnetMask() ?? null;
  if (length !== null) return `Write the network mask ${prefix} as a prefix: ${address}/${length}.`;
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bitsOf(family)) {
    return `/${[prefix, ...rest].join("/")} is no prefix of an ${named(family)} address: a number from ${PREFIX_MIN} to ${bitsOf(family)}, such as ${example}.`;
  }
  if (Number(prefix) < PREFIX_MIN)
    return `Proxmox takes prefixes from /${PREFIX_MIN}; /${prefix} is larger than any network.`;
  return { ip, prefix: Number(prefix) };
}

/** The address, or why it is none of this family; the reason names the text. */
function readAddress(text: string, family: Family): Ip | string {
  const ip = readIp(text);
  if (ip === undefined) {
    if (text.includes("%")) return `${text} names an interface after the %; write the address alone.`;
    if (family === 4 && /^(\d+\.){3}\d+$/.test(text) && text.split(".").some((part) => /^0\d/.test(part)))
      return `${text} has a leading zero; write each number without it.`;
    return `${shortenedText(text)} is no ${named(family)} address.`;
  }
  if (familyOf(ip) !== family)
    return `${text} is an ${named(familyOf(ip))} address; here goes an ${named(family)} address.`;
  return ip;
}

/** Why no container can have this address, whatever its network; undefined when one can. */
function whyNotHost(ip: Ip): string | undefined {
  const text = textOf(ip);
  switch (ip.range()) {
    case "unspecified":
      return `${text} stands for no address at all.`;
    case "loopback":
      return `${text} is a loopback address: nothing outside the container could reach it.`;
    case "multicast":
      return `${text} is a multicast address, which no single container can have.`;
    case "broadcast":
      return `${text} is the broadcast address of every network.`;
    case "linkLocal":
      return `${text} is a link-local address: it is not routed, and the container gives itself one anyway.`;
    case "ipv4Mapped":
      return `${text} is an IPv4 address in IPv6 form; write it as IPv4.`;
    default:
      // 240.0.0.0/4 (RFC 1112); the documentation networks, which the library calls reserved too, are usable in a lab.
      return ip.kind() === "ipv4" && (ip.toByteArray()[0] ?? 0) >= 240
        ? `${text} is in 240.0.0.0/4, which is reserved.`
        : undefined;
  }
}

/** Why it cannot be a container's own; undefined when it can. A network of one or two addresses has neither of the two that are special (RFC 3021, RFC 6164). */
function whyNotOwn({ ip, prefix }: Cidr): string | undefined {
  const why = whyNotHost(ip);
  if (why !== undefined || isPointToPoint({ ip, prefix })) return why;
  const part = hostPart(ip, prefix);
  if (part === "zeros") return `${textOf(ip)} is the address of the network itself.`;
  return part === "ones" && ip.kind() === "ipv4" ? `${textOf(ip)} is the broadcast address of the network.` : undefined;
}

export const isPointToPoint = ({ ip, prefix }: Cidr): boolean => prefix >= bitsOf(familyOf(ip)) - 1;

export interface Refusal {
  field: "address" | "gateway";
  why: string;
}

/**
 * Why a container cannot have this address with this gateway ("": none); undefined when it can. A gateway outside the network is
 * what hosters give with a /32 or /128, and Proxmox sets a route to it; with a larger network it is a slip. IPv6 routers are
 * often reached by their link-local address (RFC 4861).
 */
export function whyNotStatic(
  { address, gateway }: { address: string; gateway: string },
  family: Family,
): Refusal | undefined {
  const cidr = readCidr(address, family);
  if (typeof cidr === "string") return { field: "address", why: cidr };
  const own = whyNotOwn(cidr);
  if (own !== undefined) return { field: "address", why: own };
  if (gateway.trim() === "") return undefined;
  const router = readAddress(gateway.trim(), family);
  if (typeof router === "string")
    return { field: "gateway", why: `${router} It is written like ${examples[family].ip}.` };
  if (sameIp(router, cidr.ip)) return { field: "address", why: `${textOf(router)} is the gateway.` };
  const why = whyNotGateway(router, cidr);
  return why === undefined ? undefined : { field: "gateway", why };
}

function whyNotGateway(router: Ip, { ip, prefix }: Cidr): string | undefined {
  if (router.range() === "linkLocal") return undefined;
  const why = whyNotHost(router);
  if (why !== undefined) return why;
  if (isPointToPoint({ ip, prefix })) return undefined;
  const bits = bitsOf(familyOf(ip));
  if (!isWithin(router, ip, prefix))
    return `The gateway is not in the network of ${textOf(ip)}/${prefix}. If that is how it is meant, as with some hosters, give the address as /${bits}.`;
  return whyNotOwn({ ip: router, prefix });
}

/** What is unusual about addresses that are taken; each a sentence. */
export function oddities(network: Network): string[] {
  const statics = [
    network.mode === "static" ? { ...network, family: 4 as const } : undefined,
    network.ipv6?.mode === "static" ? { ...network.ipv6, family: 6 as const } : undefined,
  ];
  return statics.flatMap((one) => {
    const cidr = one === undefined ? "" : readCidr(one.address, one.family);
    const router = one === undefined || typeof cidr === "string" ? undefined : readIp(one.gateway.trim());
    if (
      typeof cidr === "string" ||
      router === undefined ||
      router.range() === "linkLocal" ||
      isWithin(router, cidr.ip, cidr.prefix)
    )
      return [];
    return [
      `The gateway ${textOf(router)} is outside the network of ${textOf(cidr.ip)}/${cidr.prefix}: Proxmox sets a route to it, which works where the node's network expects it.`,
    ];
  });
}

/** Whether it can reach more than its own networks: a static address does so through its gateway; DHCP and IPv6 routers are taken to give one. */
export function hasWayOut({ ipv6: six, ...four }: Network): boolean {
  const leaves = (one: { mode: string; gateway?: string }): boolean =>
    one.mode !== "none" && (one.mode !== "static" || (one.gateway ?? "").trim() !== "");
  return leaves(four) || (six !== undefined && leaves(six));
}

/** A name server: reachable as it is written, so no link-local address (it would need an interface); loopback is a resolver inside the container. */
export const NameServer = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const why = whyNotNameServer(text);
    if (why !== undefined) context.addIssue({ code: "custom", message: why });
  });

function whyNotNameServer(text: string): string | undefined {
  const ip = readIp(text);
  if (ip === undefined)
    return `${shortenedText(text)} is no address. A name server is given by its IPv4 or IPv6 address, such as 1.1.1.1.`;
  return ip.range() === "loopback"
    ? undefined
    : whyNotHost(ip)
        ?.replace("no single container can have", "no name server has")
        .replace(", and the container gives itself one anyway", "");
}

const Static = {
  mode: z.literal("static"),
  address: z.string().trim().max(200),
  gateway: z.string().trim().max(200).default(""),
};
const Ipv6Shape = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("auto") }),
  z.strictObject({ mode: z.literal("dhcp") }),
  z.strictObject(Static),
]);
/** `ipv6` is absent where the container gets none. */
const ipv6 = { ipv6: Ipv6Shape.optional() };

/** Its form alone: of a draft that is not whole yet, and of a guest's own config. */
export const NetworkShape = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none"), ...ipv6 }),
  z.strictObject({ mode: z.literal("dhcp"), ...ipv6 }),
  z.strictObject({ ...Static, ...ipv6 }),
]);

export const Network = NetworkShape.superRefine((network, context) => {
  for (const { path, why } of networkProblems(network)) context.addIssue({ code: "custom", path, message: why });
});
export type Network = z.output<typeof NetworkShape>;

function networkProblems(network: Network): { path: string[]; why: string }[] {
  const four = network.mode === "static" ? whyNotStatic(network, 4) : undefined;
  const six = network.ipv6?.mode === "static" ? whyNotStatic(network.ipv6, 6) : undefined;
  return [
    ...(network.mode === "none" && network.ipv6 === undefined
      ? [{ path: ["mode"], why: "Without an IPv4 and an IPv6 address nothing could reach it. Choose at least one." }]
      : []),
    ...(four ? [{ path: [four.field], why: four.why }] : []),
    ...(six ? [{ path: ["ipv6", six.field], why: six.why }] : []),
  ];
}

/** The addresses that are typed in, canonical and without their prefix: what nobody else may have. */
export function staticAddresses(network: Network): string[] {
  const typed = [
    network.mode === "static" ? network.address : undefined,
    network.ipv6?.mode === "static" ? network.ipv6.address : undefined,
  ];
  return typed.flatMap((cidr) => {
    const ip = readIp(cidr?.split("/")[0]?.trim() ?? "");
    return ip === undefined ? [] : [textOf(ip)];
  });
}

const words6 = { auto: "IPv6 from the router", dhcp: "IPv6 by DHCP" } as const;

/** How it gets its addresses, in words: "By DHCP, IPv6 from the router". */
export function describeNetwork(network: Network): string {
  const given = ({ address, gateway }: { address: string; gateway: string }): string =>
    `${address}${gateway === "" ? "" : ` through ${gateway}`}`;
  const four = network.mode === "none" ? [] : [network.mode === "dhcp" ? "By DHCP" : given(network)];
  const six =
    network.ipv6 === undefined
      ? []
      : [network.ipv6.mode === "static" ? given(network.ipv6) : words6[network.ipv6.mode]];
  return [...four, ...six].join(", ");
}

function shortenedText(text: string): string {
  if (text === "") return "An empty text";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
