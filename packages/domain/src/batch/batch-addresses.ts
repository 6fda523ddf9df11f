// The addresses of a batch: a pattern, or a first one that counts up; all in one network, none of them twice.
import type { BatchSpec } from "./batch-input";
import { readPattern, spellOut } from "./batch-pattern";
import { ipAfter, isWithin, textOf, type Family } from "../container/ip-address";
import { isPointToPoint, readCidr, whyNotStatic, type Network } from "../container/network";

interface Typed {
  addresses: string;
  gateway: string;
}

/** One network for each of `count` containers; what is wrong is put into `problems`, by input path. */
export function expandNetworks(
  { ipv6, ...network }: BatchSpec["network"],
  count: number,
  problems: Record<string, string>,
): Network[] {
  if (network.mode === "none" && ipv6 === undefined)
    problems["network.mode"] = "Without an IPv4 and an IPv6 address nothing could reach them. Choose at least one.";
  const four =
    network.mode === "static" ? expandAddresses(network, { family: 4, count, path: "network" }, problems) : [];
  const six =
    ipv6?.mode === "static" ? expandAddresses(ipv6, { family: 6, count, path: "network.ipv6" }, problems) : [];
  return Array.from({ length: count }, (_, index): Network => ({
    ...(network.mode === "static"
      ? { mode: "static", address: four[index] ?? "", gateway: network.gateway }
      : { mode: network.mode }),
    ...(ipv6 === undefined
      ? {}
      : {
          ipv6:
            ipv6.mode === "static"
              ? { mode: "static", address: six[index] ?? "", gateway: ipv6.gateway }
              : { mode: ipv6.mode },
        }),
  }));
}

function expandAddresses(
  { addresses, gateway }: Typed,
  { family, count, path }: { family: Family; count: number; path: string },
  problems: Record<string, string>,
): string[] {
  const cidrs = spellAddresses(addresses, family, count);
  if (typeof cidrs === "string") {
    problems[`${path}.addresses`] = cidrs;
    return [];
  }
  for (const address of cidrs) {
    const refusal = whyNotStatic({ address, gateway }, family);
    if (refusal !== undefined)
      problems[`${path}.${refusal.field === "address" ? "addresses" : "gateway"}`] ??= refusal.why;
  }
  const together = whyNotTogether(cidrs, family);
  if (together !== undefined) problems[`${path}.addresses`] ??= together;
  return cidrs;
}

function spellAddresses(text: string, family: Family, count: number): string[] | string {
  const example = family === 4 ? "10.0.0.{20..29}/24" : "2001:db8::{20..29}/64";
  if (text === "") return `An address is needed, such as ${example}.`;
  const pattern = readPattern(text);
  if (typeof pattern === "string") return pattern;
  if (pattern.group?.kind === "count")
    return `Write the first address, which counts up, or a range such as ${example}.`;
  const spelled = spellOut(pattern, 1);
  if (typeof spelled === "string") return spelled;
  const wrong = spelled.map((one) => readCidr(one, family)).find((cidr) => typeof cidr === "string");
  if (wrong !== undefined) return wrong;
  if (pattern.group !== null)
    return spelled.length === count
      ? spelled
      : `${spelled.length} ${spelled.length === 1 ? "address" : "addresses"} for ${count} ${count === 1 ? "container" : "containers"}.`;
  const first = readCidr(text, family);
  if (typeof first === "string") return first;
  const counted = Array.from({ length: count }, (_, index) => ipAfter(first.ip, index));
  if (counted.includes(undefined)) return `The addresses run past the last IPv${family} address.`;
  return counted.flatMap((ip) => (ip === undefined ? [] : [`${textOf(ip)}/${first.prefix}`]));
}

/** Each is judged alone before; hosters' single addresses (/32, /128) need not be neighbours. */
function whyNotTogether(cidrs: readonly string[], family: Family): string | undefined {
  const read = cidrs.map((text) => readCidr(text, family));
  const first = read.find((cidr) => typeof cidr !== "string");
  const seen = new Set<string>();
  for (const cidr of read) {
    if (typeof cidr === "string" || first === undefined) continue;
    const address = textOf(cidr.ip);
    if (!isPointToPoint(first) && !isWithin(cidr.ip, first.ip, first.prefix))
      return `${address} leaves the network of ${textOf(first.ip)}/${first.prefix}.`;
    if (seen.has(address)) return `${address} comes twice.`;
    seen.add(address);
  }
  return undefined;
}
