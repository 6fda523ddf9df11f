// A container's spec in Proxmox's words.
import type { ContainerSpec } from "@homeport/domain/container-input";
import { markerTag, markerText } from "@homeport/domain/marker";
import { formatProperties, type CreateLxcParams } from "@homeport/proxmox";

/** `unprivileged` is always said, since its default differs between 8.4 and 9; `start` never, since its task would be nobody's. */
export function lxcParams(spec: ContainerSpec, guest: { vmid: number; containerId: string; installationId: string }): CreateLxcParams {
  const { network } = spec;
  const address = network.mode === "dhcp" ? { ip: "dhcp" } : { ip: network.address, gw: network.gateway || undefined };
  return {
    vmid: guest.vmid,
    ostemplate: spec.osTemplate,
    hostname: spec.hostname,
    unprivileged: spec.unprivileged,
    cores: spec.cores,
    memory: spec.memoryMib,
    swap: spec.swapMib,
    rootfs: `${spec.storage}:${spec.diskGib}`,
    net0: formatProperties({ name: "eth0", bridge: spec.bridge, tag: spec.vlan ?? undefined, ...address }),
    // The only feature that a token may set, and only here (pve-container, LXC.pm); a privileged container's are in root-options.ts.
    features: spec.nesting && spec.unprivileged ? "nesting=1" : undefined,
    onboot: spec.startOnBoot,
    nameserver: spec.nameservers.length > 0 ? spec.nameservers.join(" ") : undefined,
    searchdomain: spec.searchDomain || undefined,
    "ssh-public-keys": spec.sshPublicKey || undefined,
    tags: [...spec.tags, markerTag(guest.containerId)].join(";"),
    description: markerText(guest.containerId, guest.installationId),
  };
}
