// The container's settings as a form holds them, and what of them changed as an edit.
import { EditableSpec, SpecEdit } from "@homeport/domain/step-edit";

/** Every input as text or yes/no. */
export interface SpecDraft {
  vmid: string;
  osTemplate: string;
  storage: string;
  cores: string;
  memoryMib: string;
  swapMib: string;
  diskGib: string;
  bridge: string;
  vlan: string;
  networkMode: "dhcp" | "static";
  address: string;
  gateway: string;
  nameservers: string;
  searchDomain: string;
  unprivileged: boolean;
  nesting: boolean;
}
export type SpecField = keyof SpecDraft;
export type SpecProblems = Partial<Record<SpecField, string>>;

export function toDraft(spec: EditableSpec): SpecDraft {
  const { network } = spec;
  return {
    vmid: spec.vmid === null ? "" : String(spec.vmid),
    osTemplate: spec.osTemplate,
    storage: spec.storage,
    cores: String(spec.cores),
    memoryMib: String(spec.memoryMib),
    swapMib: String(spec.swapMib),
    diskGib: String(spec.diskGib),
    bridge: spec.bridge,
    vlan: spec.vlan === null ? "" : String(spec.vlan),
    networkMode: network.mode,
    address: network.mode === "static" ? network.address : "",
    gateway: network.mode === "static" ? network.gateway : "",
    nameservers: spec.nameservers.join(", "),
    searchDomain: spec.searchDomain,
    unprivileged: spec.unprivileged,
    nesting: spec.nesting,
  };
}

/** The edit that turns `before` into the draft, only with what changed; or what is wrong, by input. */
export function toEdit(draft: SpecDraft, before: EditableSpec): { edit: SpecEdit } | { problems: SpecProblems } {
  const whole = EditableSpec.safeParse({
    vmid: number(draft.vmid),
    osTemplate: draft.osTemplate,
    storage: draft.storage,
    cores: number(draft.cores),
    memoryMib: number(draft.memoryMib),
    swapMib: number(draft.swapMib),
    diskGib: number(draft.diskGib),
    bridge: draft.bridge,
    vlan: number(draft.vlan),
    network: draft.networkMode === "dhcp" ? { mode: "dhcp" } : { mode: "static", address: draft.address, gateway: draft.gateway.trim() },
    nameservers: draft.nameservers.split(/[\s,]+/).filter(Boolean),
    searchDomain: draft.searchDomain.trim(),
    unprivileged: draft.unprivileged,
    nesting: draft.nesting,
  });
  if (!whole.success) return { problems: Object.fromEntries(whole.error.issues.toReversed().map(({ path, message, code }) => [fieldOf(path.map(String)), code === "invalid_type" ? "A whole number." : message])) };
  const changed = Object.entries(whole.data).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof EditableSpec])); // keys of one schema
  return { edit: SpecEdit.parse(Object.fromEntries(changed)) };
}

/** The server's words at the form's inputs: "edit.spec.network.gateway" is said at `gateway`. What fits none is left out. */
export function placeProblems(fields: Readonly<Record<string, string>>): SpecProblems {
  return Object.fromEntries(Object.entries(fields).flatMap(([path, text]) => (path.startsWith("edit.spec.") ? [[fieldOf(path.slice("edit.spec.".length).split(".")), text]] : [])));
}

function fieldOf(path: readonly string[]): string {
  const [head = "", inner] = path;
  return head === "network" ? (inner === "gateway" ? "gateway" : "address") : head;
}

/** Empty is "none". What is no number stays a text, so that the schema says so. */
function number(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
