// The container's settings as a form holds them, and what of them changed as an edit.
import { EditableInput, SpecEdit } from "@homeport/domain/run/step-edit";
import type { EditableSpec } from "@homeport/domain/stored/step-edit";
import { type NetworkDraft, networkDraft, networkField, networkOf } from "@/features/container-form";

/** Every input as text or yes/no. */
export interface SpecDraft extends NetworkDraft {
  hostname: string;
  vmid: string;
  osTemplate: string;
  storage: string;
  cores: string;
  memoryMib: string;
  swapMib: string;
  diskGib: string;
  bridge: string;
  vlan: string;
  nameservers: string;
  searchDomain: string;
  sshPublicKey: string;
  tags: string;
  unprivileged: boolean;
  nesting: boolean;
  startOnBoot: boolean;
}
export type SpecField = keyof SpecDraft;
export type SpecProblems = Partial<Record<SpecField, string>>;

export function toDraft(spec: EditableSpec): SpecDraft {
  return {
    hostname: spec.hostname,
    vmid: spec.vmid === null ? "" : String(spec.vmid),
    osTemplate: spec.osTemplate,
    storage: spec.storage,
    cores: String(spec.cores),
    memoryMib: String(spec.memoryMib),
    swapMib: String(spec.swapMib),
    diskGib: String(spec.diskGib),
    bridge: spec.bridge,
    vlan: spec.vlan === null ? "" : String(spec.vlan),
    ...networkDraft(spec.network),
    nameservers: spec.nameservers.join(", "),
    searchDomain: spec.searchDomain,
    sshPublicKey: spec.sshPublicKey,
    tags: spec.tags.join(" "),
    unprivileged: spec.unprivileged,
    nesting: spec.nesting,
    startOnBoot: spec.startOnBoot,
  };
}

/** The edit that turns `before` into the draft, only with what changed; or what is wrong, by input. */
export function toEdit(draft: SpecDraft, before: EditableSpec): { edit: SpecEdit } | { problems: SpecProblems } {
  const whole = EditableInput.safeParse({
    hostname: draft.hostname,
    vmid: number(draft.vmid),
    osTemplate: draft.osTemplate,
    storage: draft.storage,
    cores: number(draft.cores),
    memoryMib: number(draft.memoryMib),
    swapMib: number(draft.swapMib),
    diskGib: number(draft.diskGib),
    bridge: draft.bridge,
    vlan: number(draft.vlan),
    network: networkOf(draft),
    nameservers: draft.nameservers.split(/[\s,]+/).filter(Boolean),
    searchDomain: draft.searchDomain,
    sshPublicKey: draft.sshPublicKey,
    tags: draft.tags.split(/[\s,;]+/).filter(Boolean),
    unprivileged: draft.unprivileged,
    nesting: draft.nesting,
    startOnBoot: draft.startOnBoot,
  });
  if (!whole.success)
    return {
      problems: Object.fromEntries(
        whole.error.issues
          .toReversed()
          .map(({ path, message, code }) => [
            fieldOf(path.map(String)),
            code === "invalid_type" ? "A whole number." : message,
          ]),
      ),
    };
  const changed = Object.entries(whole.data).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof EditableSpec]),
  ); // keys of one schema
  return { edit: SpecEdit.parse(Object.fromEntries(changed)) };
}

/** The server's words at the form's inputs: "edit.spec.network.gateway" is said at `gateway`. What fits none is left out. */
export function placeProblems(fields: Readonly<Record<string, string>>): SpecProblems {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, text]) =>
      path.startsWith("edit.spec.") ? [[fieldOf(path.slice("edit.spec.".length).split(".")), text]] : [],
    ),
  );
}

function fieldOf(path: readonly string[]): string {
  const [head = "", ...rest] = path;
  return head === "network" ? networkField(rest) : head;
}

/** Empty is "none". What is no number stays a text, so that the schema says so. */
function number(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}
