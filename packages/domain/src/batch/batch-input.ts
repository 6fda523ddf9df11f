// Many containers from one form: names, addresses and VMIDs by pattern, spelled out to one spec each, or what is wrong.
import "../text/input-messages";
import { z } from "zod";
import { expandNetworks } from "./batch-addresses";
import { BATCH_MAX, readPattern, spellOut } from "./batch-pattern";
import { CreateContainerInput, type ContainerSpec } from "../container/container-input";
import { Hostname } from "../container/hostname";
import { StoredBatch } from "../stored/spec";
import { Vmid, VMID_MAX } from "../container/vmid";

const TOO_MANY = `At most ${BATCH_MAX} at once.`;

/** "10.0.0.{20..29}/24", or a first address that counts up. */
const Static = {
  mode: z.literal("static"),
  addresses: z.string().trim().max(200, "At most 200 characters."),
  gateway: z.string().trim().max(200).default(""),
};
const ipv6 = {
  ipv6: z
    .discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("auto") }),
      z.strictObject({ mode: z.literal("dhcp") }),
      z.strictObject(Static),
    ])
    .optional(),
};

export const BatchNetwork = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("none"), ...ipv6 }),
  z.strictObject({ mode: z.literal("dhcp"), ...ipv6 }),
  z.strictObject({ ...Static, ...ipv6 }),
]);

const BatchShape = CreateContainerInput.omit({ hostname: true, vmid: true, network: true }).extend({
  /** "web-{01..10}", "{db,web,cache}-lab", or "web-{n}" with a count. */
  hostnames: z.string().trim().min(1, "A pattern is needed, such as web-{01..10}.").max(500),
  /** Only needed where the pattern does not say it: `null` follows the pattern. */
  count: z.int("A whole number.").min(1, "At least one.").max(BATCH_MAX, TOO_MANY).nullable().default(null),
  /** The first one's; the others count up. `null`: each the next free one. */
  vmidFrom: Vmid.nullable().default(null),
  network: BatchNetwork,
});
type Batch = z.output<typeof BatchShape>;

/** Refuses, at its field, whatever could not be spelled out. */
export const CreateBatchInput = BatchShape.superRefine((input, context) => {
  const { problems } = expandBatch(input);
  for (const [path, message] of Object.entries(problems))
    context.addIssue({ code: "custom", path: path.split("."), message });
});
/** Parsed. */
export type BatchSpec = z.output<typeof CreateBatchInput>;
/** As a form holds it. */
export type CreateBatchInput = z.input<typeof CreateBatchInput>;

/** By input path: "hostnames", "count", "vmidFrom", "network.addresses", "network.gateway", "network.ipv6.addresses" … */
type BatchProblems = Record<string, string>;

export type BatchItemSpec = Pick<ContainerSpec, "hostname" | "vmid" | "network">;

/** `items` in the pattern's order; empty where there is a problem. */
export interface Expanded<Item> {
  items: Item[];
  problems: BatchProblems;
}

/** The names of a stored batch in its pattern's order, whatever today's rules say about the rest of it. */
export function batchNames(stored: unknown): string[] {
  const { data } = StoredBatch.safeParse(stored);
  return data === undefined
    ? []
    : expandPatterns({ ...data, vmidFrom: null, network: { mode: "dhcp" } }).items.map(({ hostname }) => hostname);
}

/** What the batch will make, or why it cannot. Pure: names and addresses that others hold are not its business. */
export function expandBatch({ hostnames, count, vmidFrom, network, ...rest }: Batch): Expanded<ContainerSpec> {
  const { items, problems } = expandPatterns({ hostnames, count, vmidFrom, network });
  return { items: items.map((item) => ({ ...rest, ...item })), problems };
}

/** The part of it that the patterns decide. */
export function expandPatterns({
  hostnames,
  count,
  vmidFrom,
  network,
}: Pick<Batch, "hostnames" | "count" | "vmidFrom" | "network">): Expanded<BatchItemSpec> {
  const names = expandHostnames(hostnames, count);
  if ("problems" in names) return { items: [], problems: names.problems };
  const total = names.values.length;
  const problems: BatchProblems = {};
  if (vmidFrom !== null && vmidFrom + total - 1 > VMID_MAX)
    problems.vmidFrom = `The last VMID would be ${vmidFrom + total - 1}; a VMID has at most nine digits.`;
  const networks = expandNetworks(network, total, problems);
  if (Object.keys(problems).length > 0) return { items: [], problems };
  const items = names.values.map((hostname, index): BatchItemSpec => ({
    hostname,
    vmid: vmidFrom === null ? null : vmidFrom + index,
    network: networks[index] ?? { mode: "dhcp" },
  }));
  return { items, problems };
}

function expandHostnames(text: string, count: number | null): { values: string[] } | { problems: BatchProblems } {
  const pattern = readPattern(text);
  if (typeof pattern === "string") return { problems: { hostnames: pattern } };
  const { group } = pattern;
  if (count !== null && count > BATCH_MAX) return { problems: { count: TOO_MANY } };
  if (group?.kind === "count" && count === null) return { problems: { count: "How many? {n} counts from 1." } };
  if (group === null && count !== null && count > 1)
    return { problems: { hostnames: `All ${count} would be called ${text}. Say where the number goes: ${text}-{n}.` } };
  const values = spellOut(pattern, count ?? 1);
  if (typeof values === "string") return { problems: { hostnames: values } };
  if (count !== null && count !== values.length)
    return { problems: { count: `The pattern makes ${values.length}, not ${count}.` } };
  const seen = new Set<string>();
  for (const name of values) {
    const refusal = Hostname.safeParse(name).error?.issues[0]?.message;
    if (refusal !== undefined) return { problems: { hostnames: `${shortenedName(name)}: ${refusal}` } };
    if (seen.has(name.toLowerCase())) return { problems: { hostnames: `${name} comes twice.` } };
    seen.add(name.toLowerCase());
  }
  return { values };
}

function shortenedName(name: string): string {
  if (name === "") return "An empty name";
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
