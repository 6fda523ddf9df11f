// What a container was asked to be, line by line.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { type FieldKey, fieldKeys, entryOf, fieldText } from "@homeport/domain/container/fields";
import { DefinitionList } from "@homeport/ui/definition-list";
import { imageName } from "@/features/container-form";

const or = (text: string, none: string): string => (text === "" ? none : text);

/** Those without a line of their own: the page or another line shows them. */
const elsewhere: readonly FieldKey[] = [
  "templateRevisionId",
  "nodeId",
  "swapMib",
  "storage",
  "vlan",
  "searchDomain",
  "scriptsOff",
];

/** What reads otherwise than the field alone. */
const values: Partial<Record<FieldKey, (spec: ContainerSpec) => string>> = {
  osTemplate: ({ osTemplate }) => imageName(osTemplate),
  memoryMib: (spec) => `${fieldText("memoryMib", spec)}, ${fieldText("swapMib", spec)}`,
  diskGib: (spec) => `${fieldText("diskGib", spec)} on ${spec.storage}`,
  bridge: ({ bridge, vlan }) => `${bridge}${vlan === null ? "" : `, VLAN ${vlan}`}`,
  nameservers: ({ nameservers, searchDomain }) =>
    or([nameservers.join(", "), searchDomain].filter(Boolean).join(", search "), "The node’s own"),
  sshPublicKey: ({ sshPublicKey }) =>
    or(sshPublicKey && String(sshPublicKey.split("\n").filter((line) => line.trim() !== "").length), "None"),
  packagesOff: ({ packagesOff, scriptsOff }) => or([...packagesOff, ...scriptsOff].join(", "), "Nothing"),
};
const terms: Partial<Record<FieldKey, string>> = {
  memoryMib: "Memory, swap",
  nameservers: "DNS",
  packagesOff: "Left out",
};
const mono: readonly FieldKey[] = ["hostname", "osTemplate"];

export function SpecList({ spec }: { spec: ContainerSpec }) {
  return (
    <DefinitionList
      items={fieldKeys
        .filter((key) => !elsewhere.includes(key))
        .map((key) => {
          const { label, title = label } = entryOf(key);
          const value = values[key]?.(spec) ?? fieldText(key, spec);
          return {
            term: terms[key] ?? title,
            value: mono.includes(key) ? <span className="font-mono text-meta break-all">{value}</span> : value,
          };
        })}
    />
  );
}
