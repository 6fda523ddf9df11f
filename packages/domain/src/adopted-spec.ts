// A container's spec read back from its guest's config, for a guest whose row was lost with another database.
import { CreateContainerInput, type ContainerSpec } from "./container-input";

/** What its OS image was is not in a config: this stands for it, and nothing is ever made from it. */
const UNKNOWN_IMAGE = "unknown:vztmpl/unknown";

/** Undefined when the config says something that no spec of ours can hold. `config`: Proxmox's own options, as texts. */
export function adoptedSpec(config: Readonly<Record<string, string>>, at: { nodeId: string; templateRevisionId: string; vmid: number }): ContainerSpec | undefined {
  const net = properties(config.net0 ?? "");
  const root = config.rootfs ?? "";
  const size = /(?:^|,)size=(\d+)([GMT])/.exec(root);
  const gib = size ? Number(size[1]) * ({ M: 1 / 1024, G: 1, T: 1024 }[size[2] ?? "G"] ?? 1) : 1;
  const address = net.ip && net.ip !== "dhcp" && net.ip !== "manual" ? { mode: "static", address: net.ip, gateway: net.gw ?? "" } : { mode: "dhcp" };
  return CreateContainerInput.safeParse({
    ...at,
    hostname: config.hostname ?? `ct${at.vmid}`,
    osTemplate: UNKNOWN_IMAGE,
    // Proxmox leaves out what is its default: all cores, 512 MiB each (pve-container, PVE/LXC/Config.pm).
    cores: Number(config.cores ?? 1),
    memoryMib: Number(config.memory ?? 512),
    swapMib: Number(config.swap ?? 512),
    diskGib: Math.max(1, Math.ceil(gib)),
    storage: root.split(":")[0] ?? "",
    bridge: net.bridge ?? "",
    vlan: net.tag === undefined ? null : Number(net.tag),
    network: address,
    nameservers: (config.nameserver ?? "").split(" ").filter(Boolean),
    searchDomain: config.searchdomain ?? "",
    tags: (config.tags ?? "").split(/[;, ]+/).filter((tag) => tag !== "" && !tag.startsWith("homeport-")),
    unprivileged: isOn(config.unprivileged),
    nesting: /(^|,)nesting=1/.test(config.features ?? ""),
    startOnBoot: isOn(config.onboot),
  }).data;
}

const isOn = (value: string | undefined): boolean => value === "1" || value === "true";

function properties(packed: string): Record<string, string> {
  return Object.fromEntries(packed.split(",").filter(Boolean).map((part) => [part.split("=")[0] ?? "", part.split("=").slice(1).join("=")]));
}
