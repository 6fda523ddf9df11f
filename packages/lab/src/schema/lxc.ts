// Options of a container: schema of create, config and the property strings (pve-container, PVE/LXC/Config.pm).

import * as formats from "./formats";
import { propertyString, type PropertyFormat } from "./property-string";
import type { Rule, Schema } from "./verify";

const optional = (rule: Omit<Rule, "optional">): Rule => ({ ...rule, optional: true });
const text = (rule: Omit<Rule, "type" | "optional"> = {}): Rule => optional({ type: "string", ...rule });
const flagRule: Rule = { type: "boolean", optional: true };

export const netFormat: PropertyFormat = {
  keys: {
    name: {
      type: "string",
      format: (v) => (/^[-_.\w\d]+$/.test(v) ? undefined : "value does not match the regex pattern"),
    },
    bridge: text({ format: formats.bridge }),
    hwaddr: text({ format: formats.mac }),
    ip: text({ format: formats.ipv4Config }),
    gw: text({ format: formats.ipv4 }),
    ip6: text({ format: formats.ipv6Config }),
    gw6: text({ format: formats.ipv6 }),
    mtu: optional({ type: "integer", minimum: 64, maximum: 65535 }),
    tag: optional({ type: "integer", minimum: 1, maximum: 4094 }),
    trunks: text(),
    rate: optional({ type: "number" }),
    firewall: flagRule,
    link_down: flagRule,
    "host-managed": flagRule,
    type: text({ enum: ["veth"] }),
  },
};

const volume: Schema = {
  volume: { type: "string" },
  size: text(),
  acl: flagRule,
  mountoptions: text(),
  quota: flagRule,
  ro: flagRule,
  replicate: flagRule,
  shared: flagRule,
};
export const rootfsFormat: PropertyFormat = { keys: volume, defaultKey: "volume" };
export const mountFormat: PropertyFormat = {
  keys: { ...volume, mp: { type: "string", format: formats.mountPath }, backup: flagRule },
  defaultKey: "volume",
};
export const featuresFormat: PropertyFormat = {
  keys: { nesting: flagRule, keyctl: flagRule, fuse: flagRule, mknod: flagRule, force_rw_sys: flagRule, mount: text() },
};
const unusedFormat: PropertyFormat = { keys: { volume: { type: "string" } }, defaultKey: "volume" };
const deviceFormat: PropertyFormat = {
  keys: {
    path: text(),
    uid: optional({ type: "integer", minimum: 0 }),
    gid: optional({ type: "integer", minimum: 0 }),
    mode: text(),
    "deny-write": flagRule,
  },
  defaultKey: "path",
};

export const networks = Array.from({ length: 32 }, (_, index) => `net${index}`);
export const mounts = Array.from({ length: 256 }, (_, index) => `mp${index}`);
const unused = Array.from({ length: 256 }, (_, index) => `unused${index}`);
const devices = Array.from({ length: 256 }, (_, index) => `dev${index}`);

/** Config locks a guest can hold. */
const lockNames = [
  "backup",
  "create",
  "destroyed",
  "disk",
  "fstrim",
  "migrate",
  "mounted",
  "rollback",
  "snapshot",
  "snapshot-delete",
];

/** Every option that lives in a container's config. */
export const lxcOptions: Schema = {
  arch: text({ enum: ["amd64", "i386", "arm64", "armhf", "riscv32", "riscv64"] }),
  cmode: text({ enum: ["shell", "console", "tty"] }),
  console: flagRule,
  cores: optional({ type: "integer", minimum: 1, maximum: 8192 }),
  cpulimit: optional({ type: "number", minimum: 0, maximum: 8192 }),
  cpuunits: optional({ type: "integer", minimum: 0, maximum: 500000 }),
  debug: flagRule,
  description: text({ maxLength: 8192 }),
  entrypoint: text({
    format: (value) => (/[\r\n]/.test(value) ? "value does not match the regex pattern\n" : undefined),
  }),
  env: text(),
  features: text({ format: propertyString("features", featuresFormat) }),
  hookscript: text(),
  hostname: text({ maxLength: 255, format: formats.dnsName }),
  lock: text({ enum: lockNames }),
  memory: optional({ type: "integer", minimum: 16 }),
  nameserver: text({ format: formats.listOf(formats.address), list: true }),
  onboot: flagRule,
  ostype: text({
    enum: [
      "debian",
      "devuan",
      "ubuntu",
      "centos",
      "fedora",
      "opensuse",
      "archlinux",
      "alpine",
      "gentoo",
      "nixos",
      "unmanaged",
    ],
  }),
  protection: flagRule,
  rootfs: text({ format: propertyString("rootfs", rootfsFormat) }),
  searchdomain: text({ format: formats.listOf(formats.dnsName), list: true }),
  startup: text({ format: formats.startup }),
  swap: optional({ type: "integer", minimum: 0 }),
  tags: text({ format: formats.listOf(formats.tag), list: true }),
  template: flagRule,
  timezone: text({ format: formats.timezone }),
  tty: optional({ type: "integer", minimum: 0, maximum: 6 }),
  unprivileged: flagRule,
  ...Object.fromEntries(networks.map((name) => [name, text({ format: propertyString(name, netFormat) })])),
  ...Object.fromEntries(mounts.map((name) => [name, text({ format: propertyString(name, mountFormat) })])),
  ...Object.fromEntries(unused.map((name) => [name, text({ format: propertyString(name, unusedFormat) })])),
  ...Object.fromEntries(devices.map((name) => [name, text({ format: propertyString(name, deviceFormat) })])),
};

export const node: Rule = { type: "string", format: formats.nodeName };
export const vmid: Rule = { type: "integer", format: formats.vmid };

export const createSchema: Schema = {
  ...lxcOptions,
  node,
  vmid,
  ostemplate: { type: "string", maxLength: 255 },
  password: text({ minLength: 5 }),
  "ssh-public-keys": text(),
  storage: text(),
  pool: text(),
  bwlimit: optional({ type: "number", minimum: 0 }),
  start: flagRule,
  force: flagRule,
  restore: flagRule,
  unique: flagRule,
  "ignore-unpack-errors": flagRule,
  "ha-managed": flagRule,
};

export const configSchema: Schema = {
  // `key=` clears: Proxmox's form decoder hands it on as "there, without a value".
  ...Object.fromEntries(Object.entries(lxcOptions).map(([name, rule]) => [name, { ...rule, clears: true }])),
  node,
  vmid,
  delete: text({ list: true }),
  revert: text({ list: true }),
  digest: text({ maxLength: 40 }),
};

/** Came with 9.1. */
export const optionsOfNine = ["entrypoint", "env"] as const;

/** Options whose value the config answers as a number. */
export const numeric = new Set([
  "snaptime",
  ...Object.entries(lxcOptions).flatMap(([name, rule]) =>
    rule.type === "integer" || rule.type === "boolean" ? [name] : [],
  ),
]);
