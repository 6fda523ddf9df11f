// What Proxmox answers, in its own words: sizes in bytes, times in seconds, `cpu` as a share of `maxcpu` (0..1).
import { z } from "zod";
import { interfaceName, isAddress, maybeCidr, nodeName, storageName, versionText, volumeName } from "./wire-names";
import { maybeFlag, maybeNumeric, maybeText, numeric, orAbsent, text } from "./wire-scalars";

export const Version = z.object({ version: versionText, release: text, repoid: maybeText });
export type Version = z.output<typeof Version>;

/** Privileges by path; the value only says whether it is inherited below the path: a privilege with 0 is still a privilege. */
export const Permissions = z.record(z.string(), z.record(z.string(), numeric));
export type Permissions = z.output<typeof Permissions>;

/** Tokens by name; `privsep` is absent where it is off. */
export const User = z.object({
  enable: maybeFlag,
  tokens: z.record(z.string(), z.object({ privsep: maybeFlag })).nullish(),
});
export type User = z.output<typeof User>;

export const Vnet = z.object({ vnet: text, zone: maybeText });
export type Vnet = z.output<typeof Vnet>;

const usage = {
  cpu: maybeNumeric,
  maxcpu: maybeNumeric,
  mem: maybeNumeric,
  maxmem: maybeNumeric,
  disk: maybeNumeric,
  maxdisk: maybeNumeric,
  uptime: maybeNumeric,
};
const traffic = { netin: maybeNumeric, netout: maybeNumeric, diskread: maybeNumeric, diskwrite: maybeNumeric };

export const Node = z.object({ node: nodeName, status: text, ssl_fingerprint: maybeText, ...usage });
export type Node = z.output<typeof Node>;

/** A stand-alone node has no entry of type `cluster` and so no `quorate`: that is not a lost quorum. */
export const ClusterEntry = z.object({
  type: text,
  name: text,
  id: maybeText,
  ip: maybeText,
  local: maybeFlag,
  online: maybeFlag,
  quorate: maybeFlag,
  nodes: maybeNumeric,
  nodeid: maybeNumeric,
});
export type ClusterEntry = z.output<typeof ClusterEntry>;

/**
 * Refreshed by the node every 10 s or so; `lock`, `tags` and `node` are current. A new guest is `unknown` and has no name. A field that cannot be
 * read is as absent: one guest's must not hide the others, and no guest is left out, since its VMID is taken.
 */
export const Resource = z.object({
  id: text.catch(""),
  type: text.catch(""),
  ...orAbsent({
    node: maybeText,
    status: maybeText,
    vmid: maybeNumeric,
    name: maybeText,
    template: maybeFlag,
    lock: maybeText,
    tags: maybeText,
    pool: maybeText,
    hastate: maybeText,
    storage: maybeText,
    plugintype: maybeText,
    content: maybeText,
    shared: maybeFlag,
    ...usage,
    ...traffic,
  }),
});
export type Resource = z.output<typeof Resource>;

const space = z.object({
  total: maybeNumeric,
  used: maybeNumeric,
  free: maybeNumeric,
  avail: maybeNumeric,
  available: maybeNumeric,
});
export const NodeStatus = z.object({
  uptime: maybeNumeric,
  cpu: maybeNumeric,
  wait: maybeNumeric,
  kversion: maybeText,
  pveversion: maybeText,
  loadavg: z.array(numeric).optional(),
  cpuinfo: z
    .object({ cpus: maybeNumeric, cores: maybeNumeric, sockets: maybeNumeric, model: maybeText, mhz: maybeNumeric })
    .optional(),
  memory: space.optional(),
  swap: space.optional(),
  rootfs: space.optional(),
});
export type NodeStatus = z.output<typeof NodeStatus>;

/** `time` in seconds since 1970; `localtime` is the same moved by the offset of the node's `timezone`. */
export const NodeTime = z.object({ time: numeric, localtime: maybeNumeric, timezone: maybeText });
export type NodeTime = z.output<typeof NodeTime>;

/** `content` is a comma-separated list. */
export const Storage = z.object({
  storage: storageName,
  type: text,
  content: maybeText,
  active: maybeFlag,
  enabled: maybeFlag,
  shared: maybeFlag,
  total: maybeNumeric,
  used: maybeNumeric,
  avail: maybeNumeric,
});
export type Storage = z.output<typeof Storage>;

export const ContentVolume = z.object({
  volid: volumeName,
  content: maybeText,
  format: maybeText,
  size: maybeNumeric,
  ctime: maybeNumeric,
  vmid: maybeNumeric,
  used: maybeNumeric,
  notes: maybeText,
});
export type ContentVolume = z.output<typeof ContentVolume>;

export const NetworkInterface = z.object({
  iface: interfaceName,
  type: maybeText,
  active: maybeFlag,
  autostart: maybeFlag,
  method: maybeText,
  address: maybeCidr,
  netmask: maybeText,
  cidr: maybeCidr,
  gateway: maybeCidr,
  cidr6: maybeCidr,
  gateway6: maybeCidr,
  bridge_ports: maybeText,
  bridge_vlan_aware: maybeFlag,
  comments: maybeText,
});
export type NetworkInterface = z.output<typeof NetworkInterface>;

export const CertificateInfo = z.object({
  filename: text,
  fingerprint: maybeText,
  subject: maybeText,
  issuer: maybeText,
  notbefore: maybeNumeric,
  notafter: maybeNumeric,
  san: z.array(text).nullish(),
});
export type CertificateInfo = z.output<typeof CertificateInfo>;

/** One line of the catalogue of OS images that the node can download; it says nothing about their size. `template` is the file's name. */
export const Appliance = z.object({
  template: text,
  package: maybeText,
  version: maybeText,
  os: maybeText,
  section: maybeText,
  type: maybeText,
  headline: maybeText,
  architecture: maybeText,
  source: maybeText,
});
export type Appliance = z.output<typeof Appliance>;

const guest = {
  vmid: numeric,
  status: text,
  name: maybeText,
  type: maybeText,
  lock: maybeText,
  tags: maybeText,
  template: maybeFlag,
  pid: maybeNumeric,
  cpus: maybeNumeric,
  swap: maybeNumeric,
  maxswap: maybeNumeric,
  ...usage,
  ...traffic,
};
export const LxcEntry = z.object(guest);
export type LxcEntry = z.output<typeof LxcEntry>;

export const LxcStatus = z.object({ ...guest, ha: z.looseObject({ managed: maybeFlag, state: maybeText }).optional() });
export type LxcStatus = z.output<typeof LxcStatus>;

/**
 * Options that are not named here (`net0`, `mp0`, …) are kept as texts; `description` ends with a line break that nobody typed.
 * Every configuration has a digest, an empty and a half-made one too (PVE/LXC/Config.pm, `parse_pct_config`): an answer without one is
 * somebody else's, and must not pass for a guest without our ownership tag.
 */
export const LxcConfig = z
  .object({
    digest: text.refine((digest) => digest !== ""),
    hostname: maybeText,
    ostype: maybeText,
    arch: maybeText,
    lock: maybeText,
    tags: maybeText,
    description: maybeText,
    rootfs: maybeText,
    features: maybeText,
    nameserver: maybeText,
    searchdomain: maybeText,
    startup: maybeText,
    timezone: maybeText,
    memory: maybeNumeric,
    swap: maybeNumeric,
    cores: maybeNumeric,
    cpulimit: maybeNumeric,
    cpuunits: maybeNumeric,
    tty: maybeNumeric,
    onboot: maybeFlag,
    unprivileged: maybeFlag,
    protection: maybeFlag,
    template: maybeFlag,
    console: maybeFlag,
    debug: maybeFlag,
    lxc: z.array(z.array(text)).optional(),
  })
  .catchall(z.unknown());
export type LxcConfig = z.output<typeof LxcConfig>;

const address = z.object({ "ip-address": text, prefix: maybeNumeric, "ip-address-type": maybeText });
const addresses = z.array(address).transform((all) => all.filter((one) => isAddress(one["ip-address"])));
/**
 * `ip-addresses` is there since pve-container 5.2.6; `inet` and `inet6` hold the last address of their family, with its length. Whoever is
 * root in the guest, or on the node, decides what is said here: only what is an IP address is passed on.
 */
export const LxcInterface = z.object({
  name: text,
  hwaddr: maybeText,
  inet: maybeCidr,
  inet6: maybeCidr,
  "ip-addresses": addresses.optional(),
});
export type LxcInterface = z.output<typeof LxcInterface>;

/** Proxmox answers a call that returns nothing with `null`. */
export const Nothing = z.unknown().transform(() => undefined);
