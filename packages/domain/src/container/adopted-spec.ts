// A container's spec read back from its guest's config, for a guest whose row was lost with another database.
import { z } from "zod";
import { CreateContainerInput, type ContainerSpec } from "./container-input";
import type { EditableKey } from "./fields";
import { NetworkShape, type Network } from "./network";

/** What its OS image was is not in a config: this stands for it, and nothing is ever made from it. */
const UNKNOWN_IMAGE = "unknown:vztmpl/unknown";

/** The form's rules where Proxmox has the same; what a person may write into a config beyond them is taken as it is. */
const GuestSpec = z.object({
  ...CreateContainerInput.shape,
  hostname: z.string(),
  network: NetworkShape,
  nameservers: z.array(z.string()).default([]),
  searchDomain: z.string().default(""),
  sshPublicKey: z.string().default(""),
}) satisfies z.ZodType<ContainerSpec>;

/** Undefined when the config says something that no spec of ours can hold. `config`: Proxmox's own options, as texts. */
export function adoptedSpec(
  config: Readonly<Record<string, string>>,
  at: { nodeId: string; templateRevisionId: string; vmid: number },
): ContainerSpec | undefined {
  const net = properties(config.net0 ?? "");
  const root = config.rootfs ?? "";
  const size = /(?:^|,)size=(\d+)([GMT])/.exec(root);
  const gib = size ? Number(size[1]) * ({ M: 1 / 1024, G: 1, T: 1024 }[size[2] ?? "G"] ?? 1) : 1;
  const read = {
    vmid: at.vmid,
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
    network: networkOf(net),
    nameservers: splitList(config.nameserver),
    searchDomain: splitList(config.searchdomain).join(" "),
    tags: splitList(config.tags).filter((tag) => !tag.startsWith("homeport-")),
    unprivileged: isOn(config.unprivileged),
    nesting: /(^|,)nesting=1/.test(config.features ?? ""),
    startOnBoot: isOn(config.onboot),
  } satisfies Record<Exclude<EditableKey, "sshPublicKey">, unknown>; // its keys are in no config
  return GuestSpec.safeParse({ ...at, ...read }).data;
}

/** As PVE::Tools::split_list does. */
const splitList = (text = ""): string[] => text.split(/[\s,;]+/).filter((item) => item !== "");

/** No `ip` is "manual": the container has none that Proxmox knows. */
function networkOf({ ip = "manual", gw = "", ip6 = "manual", gw6 = "" }: Record<string, string>): Network {
  const six: NonNullable<Network["ipv6"]> =
    ip6 === "auto" || ip6 === "dhcp" ? { mode: ip6 } : { mode: "static", address: ip6, gateway: gw6 };
  const ipv6 = ip6 === "manual" ? {} : { ipv6: six };
  if (ip === "dhcp") return { mode: "dhcp", ...ipv6 };
  return ip === "manual" ? { mode: "none", ...ipv6 } : { mode: "static", address: ip, gateway: gw, ...ipv6 };
}

const isOn = (value: string | undefined): boolean => value === "1" || value === "true";

function properties(packed: string): Record<string, string> {
  return Object.fromEntries(
    packed
      .split(",")
      .filter(Boolean)
      .map((part) => [part.split("=")[0] ?? "", part.split("=").slice(1).join("=")]),
  );
}
