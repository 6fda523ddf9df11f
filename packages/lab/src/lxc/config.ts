// The lxc.container.conf of one guest, written anew at every start.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GuestSpec } from "../host";
import type { LabNetwork } from "./network";
import { volumePath } from "./volume-path";

/** Ids 0-65535 of unprivileged guests are these on the host, as on Proxmox. */
export const idMap = { first: 100_000, count: 65_536 } as const;

export function lxcConfig(spec: GuestSpec, directory: string, network: LabNetwork): string {
  return [
    "lxc.include = /usr/share/lxc/config/common.conf",
    "lxc.arch = linux64",
    `lxc.rootfs.path = dir:${join(directory, "rootfs")}`,
    `lxc.uts.name = ${spec.hostname}`,
    "lxc.apparmor.profile = unconfined",
    // systemd halts on SIGRTMIN+3 (systemd(1)); LXC's default, SIGPWR, is for sysvinit.
    "lxc.signal.halt = SIGRTMIN+3",
    ...idLines(spec),
    ...(spec.nesting
      ? [
          "lxc.mount.entry = proc dev/.lxc/proc proc create=dir,optional 0 0",
          "lxc.mount.entry = sys dev/.lxc/sys sysfs create=dir,optional 0 0",
        ]
      : []),
    ...networkLines(spec, network),
    ...mountLines(spec, directory),
    ...limits(spec).map(({ key, value }) => `${key} = ${value}`),
    "",
  ].join("\n");
}

function idLines(spec: GuestSpec): string[] {
  if (!spec.unprivileged) return [];
  const range = `0 ${idMap.first} ${idMap.count}`;
  // The image keeps its plain owners on disk; the kernel maps them at the mount.
  return [
    `lxc.idmap = u ${range}`,
    `lxc.idmap = g ${range}`,
    "lxc.rootfs.options = idmap=container",
    "lxc.include = /usr/share/lxc/config/userns.conf",
  ];
}

function mountLines(spec: GuestSpec, directory: string): string[] {
  // fstab(5): a blank in a path is \040.
  const word = (path: string) => path.replaceAll("\\", "\\134").replaceAll(" ", "\\040").replaceAll("\t", "\\011");
  return (spec.mounts ?? []).map(({ volume, path, readOnly }) => {
    const options = ["bind", "create=dir", ...(readOnly ? ["ro"] : [])].join(",");
    return `lxc.mount.entry = ${word(volumePath(directory, volume))} ${word(path.replace(/^\/+/, ""))} none ${options} 0 0`;
  });
}

function networkLines(spec: GuestSpec, network: LabNetwork): string[] {
  if (spec.network === null) return ["lxc.net.0.type = empty"];
  return [
    "lxc.net.0.type = veth",
    "lxc.net.0.flags = up",
    "lxc.net.0.name = eth0",
    `lxc.net.0.link = ${network.bridge}`,
    `lxc.net.0.hwaddr = ${spec.network.hwaddr}`,
    `lxc.net.0.mtu = ${network.mtu}`,
    `lxc.net.0.veth.pair = ${network.vethOf(spec.vmid)}`,
  ];
}

/** Only limits that this machine's cgroup layout can keep; `key` without its prefix is lxc-cgroup's name. */
export function limits(spec: GuestSpec): { key: string; file: string; value: string }[] {
  const memory = spec.memoryMib * 1024 ** 2;
  const swap = spec.swapMib * 1024 ** 2;
  if (existsSync("/sys/fs/cgroup/cgroup.controllers")) {
    return [
      { file: "memory.max", value: String(memory) },
      { file: "memory.swap.max", value: String(swap) },
      { file: "cpu.max", value: `${spec.cores * 100_000} 100000` },
    ].map((limit) => ({ ...limit, key: `lxc.cgroup2.${limit.file}` }));
  }
  return [
    { file: "memory.limit_in_bytes", value: String(memory), hierarchy: "memory" },
    { file: "memory.memsw.limit_in_bytes", value: String(memory + swap), hierarchy: "memory" },
    { file: "cpu.cfs_quota_us", value: String(spec.cores * 100_000), hierarchy: "cpu" },
  ]
    .filter(
      ({ hierarchy, file }) =>
        existsSync(`/sys/fs/cgroup/${hierarchy}/${file}`) ||
        (file.startsWith("cpu.cfs") && existsSync("/sys/fs/cgroup/cpu/cpu.shares")),
    )
    .map(({ file, value }) => ({ file, value, key: `lxc.cgroup.${file}` }));
}
