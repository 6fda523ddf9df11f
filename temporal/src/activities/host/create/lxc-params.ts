// A container's spec in Proxmox's words.
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import type { ContainerOption } from "@homeport/domain/container/fields";
import { ownershipTag, ownershipNote } from "@homeport/domain/container/ownership-tag";
import { formatProperties, type CreateLxcParams } from "@homeport/proxmox";

/** `unprivileged` is always said, since its default differs between 8.4 and 9; `start` never, since its task would be nobody's. */
export function lxcParams(
  spec: ContainerSpec,
  guest: { vmid: number; containerId: string; installationId: string },
): CreateLxcParams {
  return {
    vmid: guest.vmid,
    ostemplate: spec.osTemplate,
    hostname: spec.hostname,
    unprivileged: spec.unprivileged,
    cores: spec.cores,
    memory: spec.memoryMib,
    swap: spec.swapMib,
    rootfs: `${spec.storage}:${spec.diskGib}`,
    net0: formatProperties({
      name: "eth0",
      bridge: spec.bridge,
      tag: spec.vlan ?? undefined,
      ...addresses(spec.network),
    }),
    // The only feature that a token may set, and only here (pve-container, LXC.pm); a privileged container's are in root-options.ts.
    features: spec.nesting && spec.unprivileged ? "nesting=1" : undefined,
    onboot: spec.startOnBoot,
    nameserver: spec.nameservers.length > 0 ? spec.nameservers.join(" ") : undefined,
    searchdomain: spec.searchDomain || undefined,
    "ssh-public-keys": spec.sshPublicKey || undefined,
    tags: [...spec.tags, ownershipTag(guest.containerId)].join(";"),
    description: ownershipNote(guest.containerId, guest.installationId),
  } satisfies Record<ContainerOption | "description", unknown>;
}

/** An absent `ip` is "manual": no address that Proxmox sets. */
function addresses({ ipv6, ...network }: ContainerSpec["network"]): Record<string, string | undefined> {
  const four =
    network.mode === "static"
      ? { ip: network.address, gw: network.gateway || undefined }
      : { ip: network.mode === "dhcp" ? "dhcp" : undefined };
  if (ipv6 === undefined) return four;
  return ipv6.mode === "static"
    ? { ...four, ip6: ipv6.address, gw6: ipv6.gateway || undefined }
    : { ...four, ip6: ipv6.mode };
}
