// The fields of a container, one entry each: forms, edits, lists, comparisons and the create call derive from it. A new field is an entry
// here, its rule in container-input and its form in stored/spec; the compiler and fields.test.ts name what else it needs.
import { type ContainerSpec, CreateContainerInput } from "./container-input";
import { addresses, type FieldKind, list, names, text, whole, wholeOrNone, yesNo } from "./field-kinds";
import { networkInput, networkInputs } from "./network-form";

/** In the order in which an edit shows them. */
export const fieldGroups = {
  place: "Place",
  size: "Size",
  network: "Network",
  access: "Access",
  rights: "Rights",
} as const;
export type FieldGroup = keyof typeof fieldGroups;

interface Shown {
  /** At its input. */
  label: string;
  /** In lists and comparisons, where that differs. */
  title?: string;
  unit?: "MiB" | "GiB";
  /** What an empty input stands for. */
  empty?: string;
}

/** Whatever Proxmox refuses can be changed before the container exists: what an option of the create call carries is editable. */
interface Editable {
  group: FieldGroup;
  /** Of Proxmox's create call (pve-container, API2/LXC.pm), alone or with others. */
  option: string;
  /** Rarely changed: folded away in a new container's form. */
  rare?: true;
}

interface Fixed {
  /** Why an edit of the create step does not change it. */
  fixed: string;
}

interface Field<Value> extends Shown, FieldKind<Value, unknown> {
  /** What a new form begins with. */
  initial: Readonly<Value>;
}

export type FieldKey = keyof ContainerSpec;

/** Within a group in the order in which an edit shows them: what a creation fails with most often comes first. */
export const fields = {
  templateRevisionId: { ...text, label: "Template", initial: "", fixed: "It is what the container is made of." },
  nodeId: { ...text, label: "Node", initial: "", fixed: "Its run works on this node." },

  storage: { ...text, label: "Storage", initial: "", group: "place", option: "rootfs" },
  diskGib: { ...whole, label: "Disk", unit: "GiB", initial: 4, group: "place", option: "rootfs" },
  osTemplate: { ...text, label: "OS template", initial: "", group: "place", option: "ostemplate", rare: true },
  hostname: { ...text, label: "Hostname", initial: "", group: "place", option: "hostname" },
  vmid: { ...wholeOrNone, label: "VMID", empty: "Automatic", initial: null, group: "place", option: "vmid" },

  cores: { ...whole, label: "Cores", initial: 1, group: "size", option: "cores" },
  memoryMib: { ...whole, label: "Memory", unit: "MiB", initial: 512, group: "size", option: "memory" },
  swapMib: { ...whole, label: "Swap", unit: "MiB", initial: 0, group: "size", option: "swap", rare: true },

  bridge: { ...text, label: "Bridge", initial: "", group: "network", option: "net0" },
  vlan: { ...wholeOrNone, label: "VLAN", empty: "None", initial: null, group: "network", option: "net0", rare: true },
  network: { ...addresses, label: "Address", initial: { mode: "dhcp" }, group: "network", option: "net0" },
  nameservers: {
    ...list,
    label: "Name servers",
    empty: "Those of the node",
    initial: [],
    group: "network",
    option: "nameserver",
    rare: true,
  },
  searchDomain: {
    ...text,
    label: "Search domains",
    empty: "Those of the node",
    initial: "",
    group: "network",
    option: "searchdomain",
    rare: true,
  },

  sshPublicKey: {
    ...text,
    label: "SSH public keys",
    title: "SSH keys",
    initial: "",
    group: "access",
    option: "ssh-public-keys",
  },
  tags: { ...list, label: "Tags", empty: "None", initial: [], group: "access", option: "tags", rare: true },
  startOnBoot: {
    ...yesNo,
    label: "Start with the node",
    title: "Starts with the node",
    initial: true,
    group: "access",
    option: "onboot",
    rare: true,
  },

  unprivileged: {
    ...yesNo,
    label: "Unprivileged",
    initial: true,
    group: "rights",
    option: "unprivileged",
    rare: true,
  },
  nesting: { ...yesNo, label: "Nesting", initial: true, group: "rights", option: "features", rare: true },

  packagesOff: {
    ...names,
    label: "Packages left out",
    initial: [],
    fixed: "Packages are edited at the step that installs them.",
  },
  scriptsOff: {
    ...names,
    label: "Scripts left out",
    initial: [],
    fixed: "A script that fails is skipped at its step.",
  },
} as const satisfies { [Key in FieldKey]: Field<ContainerSpec[Key]> & (Editable | Fixed) };

type FieldEntry = Shown & Partial<Editable> & FieldKind<unknown, unknown>;
type Fields = typeof fields;
export type EditableKey = { [Key in FieldKey]: Fields[Key] extends Editable ? Key : never }[FieldKey];
/** Every option of the create call that carries a field. */
export type ContainerOption = Fields[EditableKey]["option"];
/** Of a form of these fields. */
export type FormValues = { [Key in FieldKey]: ReturnType<Fields[Key]["toForm"]> };

const table: Readonly<Record<FieldKey, FieldEntry>> = fields;
/** An entry whose key is not known before. */
export const entryOf = (key: FieldKey): FieldEntry => table[key];
/** In the order of the form. */
export const fieldKeys = Object.keys(CreateContainerInput.shape) as FieldKey[];
const isEditable = (key: FieldKey): key is EditableKey => "option" in fields[key];
export const editableKeys = fieldKeys.filter(isEditable);
/** In the order of an edit. */
export const fieldsIn = (group: FieldGroup): EditableKey[] =>
  (Object.keys(fields) as FieldKey[]).filter(isEditable).filter((key) => fields[key].group === group);
export const isField = (key: string): key is FieldKey => Object.hasOwn(fields, key);

/** As a form holds them. */
export function toForm<Key extends FieldKey>(values: Pick<ContainerSpec, Key>): Pick<FormValues, Key> {
  const keys = Object.keys(values).filter(isField) as Key[];
  return Object.fromEntries(keys.map((key) => [key, entryOf(key).toForm(values[key])])) as Pick<FormValues, Key>; // by the table
}

/** What the form holds, not checked yet. */
export function fromForm<Key extends FieldKey>(held: Pick<FormValues, Key>): Pick<ContainerSpec, Key> {
  const keys = Object.keys(held).filter(isField) as Key[];
  return Object.fromEntries(keys.map((key) => [key, entryOf(key).fromForm(held[key])])) as Pick<ContainerSpec, Key>; // by the table
}

export const emptyForm = Object.fromEntries(
  fieldKeys.map((key) => [key, entryOf(key).toForm(fields[key].initial)]),
) as FormValues; // by the table

/** Those of `after` that differ. */
export function changedFields<Key extends FieldKey>(
  before: Pick<ContainerSpec, Key>,
  after: Pick<ContainerSpec, Key>,
): Partial<Pick<ContainerSpec, Key>> {
  const keys = Object.keys(after) as Key[];
  const changed = keys.filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<Pick<ContainerSpec, Key>>; // of the same keys
}

/** "Memory (MiB)", "Address by": the title of an input's path such as "memoryMib" or "network.mode"; of no field: the path. */
export function fieldTitle(path: string): string {
  const [key = "", ...rest] = path.split(".");
  if (!isField(key)) return path;
  const { label, title = label, unit }: Shown = key === "network" ? networkInputs[networkInput(rest)] : entryOf(key);
  return unit === undefined ? title : `${title} (${unit})`;
}

/** "512 MiB", "Yes", "None". */
export function fieldText(key: FieldKey, spec: ContainerSpec): string {
  const { unit, empty = "None" } = entryOf(key);
  const shown = entryOf(key).toText(spec[key]);
  if (shown === "") return empty;
  return unit === undefined ? shown : `${shown} ${unit}`;
}
