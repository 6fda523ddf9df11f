// IP addresses as texts: read strictly, compared by value. The library reads more forms than a config file should hold.
import ipaddr from "ipaddr.js";

export type Ip = ipaddr.IPv4 | ipaddr.IPv6;
export type Family = 4 | 6;

/** The longest form of an IPv6 address; longer texts never reach the library's expressions. */
const LONGEST = 45;

/** Undefined when `text` is no address in its usual form: octal, hexadecimal and short IPv4 forms hide an address, a zone names a local interface. */
export function readIp(text: string): Ip | undefined {
  if (text.length > LONGEST || text.includes("%")) return undefined;
  if (isFourPart(text)) return ipaddr.IPv4.parse(text);
  return text.includes(":") && ipaddr.IPv6.isValid(text) && (!text.includes(".") || dottedTail(text))
    ? ipaddr.IPv6.parse(text)
    : undefined;
}

/** The dotted end of an IPv6 address is held to the same form as an IPv4 address. */
const dottedTail = (text: string): boolean => isFourPart(text.slice(text.lastIndexOf(":") + 1));

/** The library finds that a text is none by throwing, which costs a hundred times as much as looking: lists ask for each of their rows. */
const isFourPart = (text: string): boolean => FOUR_PARTS.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text);
const FOUR_PARTS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

export const familyOf = (ip: Ip): Family => (ip.kind() === "ipv4" ? 4 : 6);
export const bitsOf = (family: Family): number => (family === 4 ? 32 : 128);

/** One text for each address (RFC 5952), for comparing; a text that is no address stands for itself. */
export function canonicalIp(text: string): string {
  const ip = readIp(text);
  return ip === undefined ? text : textOf(ip);
}

export function textOf(ip: Ip): string {
  return "parts" in ip ? ip.toRFC5952String() : ip.toString();
}

export const sameIp = (one: Ip, other: Ip): boolean => textOf(one) === textOf(other);

/** Whether `ip` lies in the network that `prefix` bits of `base` make. */
export function isWithin(ip: Ip, base: Ip, prefix: number): boolean {
  return ip.kind() === base.kind() && ip.match(base, prefix);
}

/** "2001:db8::/64": one text for all addresses that share so many bits. */
export function networkOf(ip: Ip, prefix: number): string {
  const size = BigInt(bitsOf(familyOf(ip)) - prefix);
  return `${textOf(ofNumber((numberOf(ip) >> size) << size, familyOf(ip)))}/${prefix}`;
}

/** The address `offset` after this one; undefined behind the last of its family. */
export function ipAfter(ip: Ip, offset: number): Ip | undefined {
  const number = numberOf(ip) + BigInt(offset);
  if (number >= 1n << BigInt(bitsOf(familyOf(ip)))) return undefined;
  return ofNumber(number, familyOf(ip));
}

function ofNumber(number: bigint, family: Family): Ip {
  const bits = bitsOf(family);
  return ipaddr.fromByteArray(
    Array.from({ length: bits / 8 }, (_, index) => Number((number >> BigInt(bits - 8 * (index + 1))) & 0xffn)),
  );
}

/** What of the address its network leaves to the host: all bits zero or all one have a meaning of their own. */
export function hostPart(ip: Ip, prefix: number): "zeros" | "ones" | "other" {
  const size = BigInt(bitsOf(familyOf(ip)) - prefix);
  const host = numberOf(ip) & ((1n << size) - 1n);
  if (host === 0n) return "zeros";
  return host === (1n << size) - 1n ? "ones" : "other";
}

/** Whether it is an address or a network such as "10.0.0.0/8". */
export function isAddressOrNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const ip = readIp(address);
  if (ip === undefined || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bitsOf(familyOf(ip)));
}

function numberOf(ip: Ip): bigint {
  return ip.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
