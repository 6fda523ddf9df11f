// A batch as it is being typed: the wizard's draft, where hostname, VMID and address hold patterns.
import { BatchNetwork, CreateBatchInput, expandPatterns, type BatchItemSpec } from "@homeport/domain/batch/batch-input";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { takenAddresses } from "@homeport/domain/container/lan";
import type { HeldLan } from "@homeport/api";
import { type Draft, type DraftField, fieldOf, fromDraft, problemText, toInput } from "@/features/container-form";

export type BatchField = DraftField | "count";
export type BatchProblems = Partial<Record<BatchField, string>>;

/** The input that the API takes, not checked yet. */
export function toBatchInput(draft: Draft, count: string) {
  const { hostname, vmid, network, ...rest } = toInput(draft);
  return {
    ...rest,
    hostnames: hostname,
    count: readCount(count.trim()),
    vmidFrom: vmid,
    network: patterned(network),
  } satisfies CreateBatchInput;
}

/** Null when nothing is typed; NaN, which the API refuses, when it is no number. */
function readCount(text: string): number | null {
  if (text === "") return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

/** The same inputs, where an address stands for many. */
function patterned({ ipv6, ...network }: ContainerSpec["network"]) {
  const six = ipv6?.mode === "static" ? { mode: ipv6.mode, addresses: ipv6.address, gateway: ipv6.gateway } : ipv6;
  const four =
    network.mode === "static"
      ? { mode: network.mode, addresses: network.address, gateway: network.gateway }
      : { mode: network.mode };
  return { ...four, ...(six === undefined ? {} : { ipv6: six }) };
}

const renamed: Record<string, BatchField> = { hostnames: "hostname", count: "count", vmidFrom: "vmid" };

/** The form's field that an input path of the API belongs to. */
export function batchFieldOf(path: string): BatchField | undefined {
  return renamed[path] ?? fieldOf(path);
}

/** What the API's own schema says against it, by field; empty when it would be taken. */
export function batchProblems(draft: Draft, count: string): BatchProblems {
  const result = CreateBatchInput.safeParse(toBatchInput(draft, count));
  const problems: BatchProblems = {};
  for (const issue of result.error?.issues ?? []) {
    const field = batchFieldOf(issue.path.join("."));
    if (field) problems[field] ??= problemText(field === "count" ? "vmid" : field, issue);
  }
  return problems;
}

export interface PreviewRow extends BatchItemSpec {
  /** Why it cannot be made. */
  problem?: string | undefined;
  /** The addresses or VMIDs that were typed cannot be used, so `network` and `vmid` are not what it gets. */
  undecided: boolean;
}

/** What will be made, as far as the patterns say; what our own containers hold is reported at its row. */
export function preview(
  draft: Draft,
  count: string,
  { held, refused }: { held: readonly HeldLan[]; refused: Readonly<Record<string, string>> },
): PreviewRow[] {
  const patterns = CreateBatchInput.safeParse(toBatchInput(draft, count));
  const {
    hostnames,
    vmidFrom,
    network,
    count: asked,
  } = patterns.success ? patterns.data : { ...toBatchInput(draft, count) };
  const usable =
    Number.isNaN(vmidFrom) || Number.isNaN(asked) ? undefined : { hostnames: hostnames.trim(), count: asked, vmidFrom };
  if (usable === undefined || usable.hostnames === "") return [];
  // Wrong addresses do not hide the names.
  const whole = expandPatterns({ ...usable, network: BatchNetwork.parse(network) });
  const undecided = whole.items.length === 0;
  const { items } = undecided ? expandPatterns({ ...usable, vmidFrom: null, network: { mode: "dhcp" } }) : whole;
  const place = fromDraft(draft, ["bridge", "vlan"]);
  return items.map((item, index) => ({
    ...item,
    undecided,
    problem:
      ["hostname", "vmid", "network.address", "network.ipv6.address"]
        .map((field) => refused[`items.${index}.${field}`])
        .find(Boolean) ?? problemOf({ ...item, ...place }, held),
  }));
}

function problemOf(
  { hostname, vmid, network, ...place }: BatchItemSpec & Pick<ContainerSpec, "bridge" | "vlan">,
  here: readonly HeldLan[],
): string | undefined {
  if (here.some((one) => one.hostname.toLowerCase() === hostname.toLowerCase()))
    return "This node has a container of this name.";
  const holder = vmid === null ? undefined : here.find((one) => one.vmid === vmid);
  if (holder) return `VMID ${vmid} is taken by ${holder.hostname}.`;
  return Object.values(takenAddresses({ ...place, network }, here))[0];
}

/** "nginx-{1..3}", or the next three numbers that nobody has. */
export function freePattern(base: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let from = 1;
  while ([0, 1, 2].some((offset) => used.has(`${base}-${from + offset}`))) from += 1;
  return `${base}-{${from}..${from + 2}}`;
}
