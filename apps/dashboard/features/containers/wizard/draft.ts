// A container as it is being decided: everything as typed, so that nothing is lost between the steps or by a reload.
import { CreateContainerInput } from "@homeport/domain/container-input";
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
  networkMode: z.enum(["dhcp", "static"]),
  address: z.string(),
  gateway: z.string(),
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
  const { templateName: _templateName, networkMode, address, gateway, vmid, vlan, cores, memoryMib, swapMib, diskGib, nameservers, tags, ...rest } = draft;
  return {
    ...rest,
    vmid: vmid.trim() === "" ? null : toNumber(vmid),
    vlan: vlan.trim() === "" ? null : toNumber(vlan),
    cores: toNumber(cores),
    memoryMib: toNumber(memoryMib),
    swapMib: toNumber(swapMib),
    diskGib: toNumber(diskGib),
    network: networkMode === "dhcp" ? { mode: "dhcp" as const } : { mode: "static" as const, address, gateway },
    nameservers: words(nameservers),
    tags: words(tags),
  } satisfies CreateContainerInput;
}

/** Only digits: `Number` would take "1e3" and " ". */
const toNumber = (text: string): number => (/^\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN);
const words = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== "");

/** The draft's field that an input path of the API belongs to: "network.gateway" → "gateway", "tags.0" → "tags". */
export function fieldOf(path: string): DraftField | undefined {
  const [head = "", second] = path.split(".");
  if (head === "network") return second === "address" || second === "gateway" ? second : "networkMode";
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
    if (field) problems[field] ??= whole.includes(field) && issue.code === "invalid_type" ? "A whole number." : field === "templateRevisionId" ? "Choose a template." : issue.message;
  }
  return problems;
}

/** The fields of the API's refusal as the draft's. */
export function fromServer(fields: Readonly<Record<string, string>>): DraftProblems {
  return Object.fromEntries(Object.entries(fields).flatMap(([path, message]) => {
    const field = fieldOf(path);
    return field ? [[field, message]] : [];
  }));
}
