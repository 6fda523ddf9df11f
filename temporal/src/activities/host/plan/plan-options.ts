// The create call, option by option, in Proxmox's words and in ours.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { ContainerOption } from "@homeport/domain/container/fields";
import { describeNetwork } from "@homeport/domain/container/network";
import { ownershipTag, ownershipNote } from "@homeport/domain/container/ownership-tag";
import type { PlanOption } from "@homeport/domain/plan/plan";
import { lxcParams } from "../create/lxc-params";
import { rootOptions } from "../create/root-options";

/** Stands for the container's id, which is made when it is created. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

export function planOptions(spec: ContainerSpec): PlanOption[] {
  const params = lxcParams(spec, { vmid: spec.vmid ?? 0, containerId: NOBODY, installationId: NOBODY });
  return Object.entries(params).flatMap(([option, value]) => {
    if (value === undefined) return [];
    const text = String(typeof value === "boolean" ? Number(value) : value);
    const shown =
      option === "vmid" && spec.vmid === null
        ? ""
        : text
            .replace(ownershipTag(NOBODY), "homeport-…")
            .replace(ownershipNote(NOBODY, NOBODY), "Homeport container …")
            .trim();
    return [{ option, value: shown, words: words[option as keyof typeof words](spec) }];
  });
}

export function planOverSsh(spec: ContainerSpec): PlanOption[] {
  return Object.entries(rootOptions(spec)).map(([option, value]) => ({
    option,
    value,
    words: "Nesting in a privileged container: Proxmox takes it from root@pam only, never from an API token.",
  }));
}

const addressText = (network: ContainerSpec["network"]): string => {
  const text = describeNetwork(network);
  return /^\d|^[0-9a-f]*:/.test(text) ? `address ${text}` : text.replace(/^By DHCP/, "its address by DHCP");
};

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

const words: Record<ContainerOption | "description", (spec: ContainerSpec) => string> = {
  vmid: ({ vmid }) => (vmid === null ? "the next free one" : `VMID ${vmid}`),
  ostemplate: ({ osTemplate }) => osTemplate.split("/").at(-1) ?? osTemplate,
  hostname: ({ hostname }) => `called ${hostname}`,
  unprivileged: ({ unprivileged }) =>
    unprivileged ? "unprivileged: its root has no rights on the node" : "privileged: its root is the node's root",
  cores: ({ cores }) => count(cores, "core"),
  memory: ({ memoryMib }) => `${memoryMib} MiB of memory`,
  swap: ({ swapMib }) => (swapMib === 0 ? "no swap" : `${swapMib} MiB of swap`),
  rootfs: ({ diskGib, storage }) => `a disk of ${diskGib} GiB on ${storage}`,
  net0: ({ bridge, vlan, network }) =>
    [`on bridge ${bridge}`, vlan === null ? "" : `VLAN ${vlan}`, addressText(network)].filter(Boolean).join(", "),
  features: () => "nesting, which newer systemd and containers inside need",
  onboot: ({ startOnBoot }) => (startOnBoot ? "starts when the node boots" : "stays off when the node boots"),
  nameserver: ({ nameservers }) => `name servers ${nameservers.join(", ")}`,
  searchdomain: ({ searchDomain }) => `searches names in ${searchDomain.split(" ").join(", ")}`,
  "ssh-public-keys": ({ sshPublicKey }) => `${count(sshPublicKey.trim().split("\n").length, "SSH key")} for root`,
  tags: ({ tags }) => `tags ${[...tags, "homeport-…, the ownership tag"].join(", ")}`,
  description: () => "a note with its owner",
};
