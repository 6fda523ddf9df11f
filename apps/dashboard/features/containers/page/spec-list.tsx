// What a container was asked to be, line by line.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { describeNetwork } from "@homeport/domain/container/network";
import { DefinitionList } from "@homeport/ui/definition-list";
import { imageName } from "@/features/container-form";

const yes = (value: boolean): string => (value ? "Yes" : "No");
const or = (text: string, none: string): string => (text === "" ? none : text);

export function SpecList({ spec }: { spec: ContainerSpec }) {
  const items: [string, string, "mono"?][] = [
    ["Hostname", spec.hostname, "mono"],
    ["VMID", spec.vmid === null ? "Automatic" : String(spec.vmid)],
    ["OS template", imageName(spec.osTemplate), "mono"],
    ["Cores", String(spec.cores)],
    ["Memory, swap", `${spec.memoryMib} MiB, ${spec.swapMib} MiB`],
    ["Disk", `${spec.diskGib} GiB on ${spec.storage}`],
    ["Bridge", `${spec.bridge}${spec.vlan === null ? "" : `, VLAN ${spec.vlan}`}`],
    ["Address", describeNetwork(spec.network)],
    ["DNS", or([spec.nameservers.join(", "), spec.searchDomain].filter(Boolean).join(", search "), "That of the node")],
    [
      "SSH keys",
      spec.sshPublicKey === ""
        ? "None"
        : String(spec.sshPublicKey.split("\n").filter((line) => line.trim() !== "").length),
    ],
    ["Tags", or(spec.tags.join(", "), "None")],
    ["Unprivileged", yes(spec.unprivileged)],
    ["Nesting", yes(spec.nesting)],
    ["Starts with the node", yes(spec.startOnBoot)],
    ["Left out", or([...spec.packagesOff, ...spec.scriptsOff].join(", "), "Nothing")],
  ];
  return (
    <DefinitionList
      items={items.map(([term, value, mono]) => ({
        term,
        value: mono ? <span className="font-mono text-meta break-all">{value}</span> : value,
      }))}
    />
  );
}
