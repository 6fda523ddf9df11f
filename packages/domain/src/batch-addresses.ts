// The addresses of a batch: a pattern, or a first one that counts up; all in one network, none of them its gateway.
import type { BatchProblems } from "./batch-input";
import { readPattern, spellOut } from "./batch-pattern";
import type { ContainerSpec } from "./container-input";
import { inNetwork, Ipv4Cidr, ipv4Number } from "./network";

type Network = ContainerSpec["network"];

/** One network for each of `count` containers; what is wrong is put into `problems`. */
export function expandAddresses({ addresses, gateway }: { addresses: string; gateway: string }, count: number, problems: BatchProblems): Network[] {
  const cidrs = spellAddresses(addresses, count);
  if (typeof cidrs === "string") {
    problems["network.addresses"] = cidrs;
    return [];
  }
  const refusal = whyNotTogether(cidrs, gateway);
  if (refusal !== undefined) problems["network.addresses"] = refusal;
  const [first = ""] = cidrs;
  if (gateway !== "" && !inNetwork(gateway, first)) problems["network.gateway"] = `The gateway is not in the network of ${first}.`;
  return cidrs.map((address): Network => ({ mode: "static", address, gateway }));
}

function spellAddresses(text: string, count: number): string[] | string {
  const pattern = readPattern(text);
  if (typeof pattern === "string") return pattern;
  if (pattern.group?.kind === "count") return "Write the first address, which counts up, or a range such as 10.0.0.{20..29}/24.";
  const spelled = spellOut(pattern, 1);
  if (typeof spelled === "string") return spelled;
  const wrong = spelled.find((cidr) => !Ipv4Cidr.safeParse(cidr).success);
  if (wrong !== undefined) return `${wrong}: an IPv4 address with its prefix is needed, such as 10.0.0.20/24.`;
  if (pattern.group !== null) return spelled.length === count ? spelled : `${spelled.length} ${spelled.length === 1 ? "address" : "addresses"} for ${count} ${count === 1 ? "container" : "containers"}.`;
  const [address = "", prefix = ""] = text.split("/");
  const from = ipv4Number(address) ?? 0;
  if (from + count - 1 > 0xffff_ffff) return "The addresses run past 255.255.255.255.";
  return Array.from({ length: count }, (_, index) => `${ipv4Text(from + index)}/${prefix}`);
}

function whyNotTogether(cidrs: readonly string[], gateway: string): string | undefined {
  const [first = ""] = cidrs;
  const prefix = Number(first.split("/")[1]);
  const size = 2 ** (32 - prefix);
  const base = Math.floor((ipv4Number(first.split("/")[0] ?? "") ?? 0) / size) * size;
  const seen = new Set<string>();
  for (const cidr of cidrs) {
    const [address = ""] = cidr.split("/");
    const number = ipv4Number(address);
    if (!inNetwork(address, first)) return `${address} leaves the network of ${first}.`;
    // A network of one or two addresses has neither (RFC 3021).
    if (prefix < 31 && number === base) return `${address} is the address of the network itself.`;
    if (prefix < 31 && number === base + size - 1) return `${address} is the broadcast address of the network.`;
    if (address === gateway) return `${address} is the gateway.`;
    if (seen.has(address)) return `${address} comes twice.`;
    seen.add(address);
  }
  return undefined;
}

function ipv4Text(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
