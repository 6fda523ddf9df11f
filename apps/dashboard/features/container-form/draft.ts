// A container as it is being decided: everything as typed, so that nothing is lost between the steps or by a reload.
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import type { Network } from "@homeport/domain/container/network";
import { z } from "zod";

export const Draft = z.object({
  templateName: z.string(),
  templateRevisionId: z.string(),
  nodeId: z.string(),
  hostname: z.string(),
  /** Empty: the next free one. */
  vmid: z.string(),
  osTemplate: z.string(),
  cores: z.string(),
  memoryMib: z.string(),
  swapMib: z.string(),
  diskGib: z.string(),
  storage: z.string(),
  bridge: z.string(),
  vlan: z.string(),
  networkMode: z.enum(["dhcp", "static", "none"]),
  address: z.string(),
  gateway: z.string(),
  ipv6Mode: z.enum(["none", "auto", "dhcp", "static"]),
  ipv6Address: z.string(),
  ipv6Gateway: z.string(),
  nameservers: z.string(),
  searchDomain: z.string(),
  sshPublicKey: z.string(),
  tags: z.string(),
  unprivileged: z.boolean(),
  nesting: z.boolean(),
  startOnBoot: z.boolean(),
  packagesOff: z.array(z.string()),
  scriptsOff: z.array(z.string()),
});
export type Draft = z.infer<typeof Draft>;
export type DraftField = keyof Draft;

export const emptyDraft: Draft = {
  templateName: "",
  templateRevisionId: "",
  nodeId: "",
  hostname: "",
  vmid: "",
  osTemplate: "",
  cores: "1",
  memoryMib: "512",
  swapMib: "0",
  diskGib: "4",
  storage: "",
  bridge: "",
  vlan: "",
  networkMode: "dhcp",
  address: "",
  gateway: "",
  ipv6Mode: "none",
  ipv6Address: "",
  ipv6Gateway: "",
  nameservers: "",
  searchDomain: "",
  sshPublicKey: "",
  tags: "",
  unprivileged: true,
  nesting: true,
  startOnBoot: true,
  packagesOff: [],
  scriptsOff: [],
};

/** The input that the API takes, not checked yet; numbers that are none are left for the schema to refuse. */
export function toInput(draft: Draft) {
  const {
    templateName: _templateName,
    networkMode: _m,
    address: _a,
    gateway: _g,
    ipv6Mode: _m6,
    ipv6Address: _a6,
    ipv6Gateway: _g6,
    vmid,
    vlan,
    cores,
    memoryMib,
    swapMib,
    diskGib,
    nameservers,
    tags,
    ...rest
  } = draft;
  return {
    ...rest,
    vmid: vmid.trim() === "" ? null : toNumber(vmid),
    vlan: vlan.trim() === "" ? null : toNumber(vlan),
    cores: toNumber(cores),
    memoryMib: toNumber(memoryMib),
    swapMib: toNumber(swapMib),
    diskGib: toNumber(diskGib),
    network: networkOf(draft),
    nameservers: words(nameservers),
    tags: words(tags),
  } satisfies CreateContainerInput;
}

export const networkOf = ({ networkMode, address, gateway, ipv6Mode, ipv6Address, ipv6Gateway }: NetworkDraft) => ({
  ...(networkMode === "static" ? { mode: networkMode, address, gateway } : { mode: networkMode }),
  ...(ipv6Mode === "none"
    ? {}
    : {
        ipv6:
          ipv6Mode === "static" ? { mode: ipv6Mode, address: ipv6Address, gateway: ipv6Gateway } : { mode: ipv6Mode },
      }),
});

export type NetworkDraft = Pick<
  Draft,
  "networkMode" | "address" | "gateway" | "ipv6Mode" | "ipv6Address" | "ipv6Gateway"
>;

/** A network as the inputs of a form hold it. */
export function networkDraft({ ipv6, ...network }: Network): NetworkDraft {
  const four = network.mode === "static" ? network : { address: "", gateway: "" };
  const six = ipv6?.mode === "static" ? ipv6 : { address: "", gateway: "" };
  return {
    networkMode: network.mode,
    address: four.address,
    gateway: four.gateway,
    ipv6Mode: ipv6?.mode ?? "none",
    ipv6Address: six.address,
    ipv6Gateway: six.gateway,
  };
}

/** The input that a path below "network" belongs to: "address", "ipv6.gateway". */
export function networkField(path: readonly string[]): keyof NetworkDraft {
  const [first, second] = path;
  if (first === "ipv6")
    return second === "gateway"
      ? "ipv6Gateway"
      : second === "address" || second === "addresses"
        ? "ipv6Address"
        : "ipv6Mode";
  return first === "gateway" ? "gateway" : first === "address" || first === "addresses" ? "address" : "networkMode";
}

/** Only digits: `Number` would take "1e3" and " ". */
const toNumber = (text: string): number => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN);
const words = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== "");

/** The draft's field that an input path of the API belongs to: "network.gateway" → "gateway", "tags.0" → "tags". */
export function fieldOf(path: string): DraftField | undefined {
  const [head = "", ...rest] = path.split(".");
  if (head === "network") return networkField(rest);
  return head in emptyDraft ? (head as DraftField) : undefined;
}

const whole: readonly DraftField[] = ["vmid", "vlan", "cores", "memoryMib", "swapMib", "diskGib"];

export type DraftProblems = Partial<Record<DraftField, string>>;

/** What the API's own schema says against the draft, by field; empty when it would be taken. */
export function problemsOf(draft: Draft): DraftProblems {
  const result = CreateContainerInput.safeParse(toInput(draft));
  if (result.success) return {};
  const problems: DraftProblems = {};
  for (const issue of result.error.issues) {
    const field = fieldOf(issue.path.join("."));
    if (field)
      problems[field] ??=
        whole.includes(field) && issue.code === "invalid_type"
          ? "A whole number."
          : field === "templateRevisionId"
            ? "Choose a template."
            : issue.message;
  }
  return problems;
}

/** The fields of the API's refusal as the draft's. */
export function fromServer(fields: Readonly<Record<string, string>>): DraftProblems {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, message]) => {
      const field = fieldOf(path);
      return field ? [[field, message]] : [];
    }),
  );
}
