// What a backend of the lab must do; HTTP, tasks, ACL, pct and faults are written once above this seam.

import type { Readable } from "node:stream";

/** One machine that can hold containers. Every method rejects with an Error whose message is what a task log should show. */
export interface LabHost {
  readonly kind: "memory" | "lxc";
  /** OS templates in storage `local` (vztmpl). */
  templates(): Promise<OsTemplate[]>;
  /** What can be downloaded; without it, what is there. */
  catalogue?(): Promise<OsTemplate[]>;
  /** What an image of `templates` or `catalogue` holds at an absolute path; no link is followed. Undefined: nothing. */
  imageMember(file: string, path: string): Promise<ImageMember | undefined>;
  /** Makes the machine ready once: bridge, DHCP, NAT, rootfs image. Repeatable. */
  prepare?(log: (line: string) => void): Promise<void>;
  /** Disk, unpack, OS configuration. Leaves nothing behind when it rejects or `signal` aborts. */
  create(spec: GuestSpec, log: (line: string) => void, signal: AbortSignal): Promise<void>;
  destroy(vmid: number): Promise<void>;
  start(spec: GuestSpec): Promise<void>;
  /** Kills at once. */
  stop(vmid: number): Promise<void>;
  /** Asks the init to halt; resolves false when it still runs after `timeoutMs`. */
  shutdown(vmid: number, timeoutMs: number): Promise<boolean>;
  running(vmid: number): Promise<boolean>;
  /** A changed hostname, memory, cores or network on a live or stopped guest. */
  apply(spec: GuestSpec): Promise<void>;
  /** Whether a mount point that `apply` adds appears in a running guest; else at its next start. */
  readonly plugsMounts: boolean;
  /** An empty volume beside the root disk, by its name on the storage: `vm-101-disk-1`. */
  createVolume(vmid: number, name: string): Promise<void>;
  removeVolume(vmid: number, name: string): Promise<void>;
  /** Of a stopped guest. */
  renameVolume(vmid: number, from: string, to: string): Promise<void>;
  /** Keeps the root disk and the volumes that `spec` mounts as they are now, running or not. */
  takeSnapshot(spec: GuestSpec, name: string): Promise<void>;
  /** Of a stopped guest. Volumes that the snapshot did not know stay as they are. */
  rollback(vmid: number, name: string): Promise<void>;
  removeSnapshot(vmid: number, name: string): Promise<void>;
  /** A copy of a guest's disks, or of a snapshot's, as a new stopped guest. Leaves nothing behind when it rejects or `signal` aborts. */
  clone(copy: GuestCopy, signal: AbortSignal): Promise<void>;
  usage(vmid: number): Promise<GuestUsage>;
  /** Null when stopped. */
  interfaces(vmid: number): Promise<GuestInterface[] | null>;
  /** Runs argv as root inside the guest; resolves with its exit code (127 not found, 128+n for a signal). */
  exec(vmid: number, argv: readonly string[], io: ExecIo): Promise<number>;
  push(vmid: number, file: GuestFile): Promise<void>;
  pull(vmid: number, path: string): Promise<Buffer>;
  /** VMIDs that exist on the machine, running or not. */
  guests(): Promise<number[]>;
  /** Lets go of the process' own resources; guests of a real backend keep running. */
  close(): Promise<void>;
}

export interface OsTemplate {
  /** File name as in a volid, e.g. `debian-12-standard_12.12-1_amd64.tar.zst`. */
  file: string;
  sizeBytes: number;
  /** As Proxmox spells it: `tzst`, `txz`, `tgz`. */
  format: string;
}

export type ImageMember =
  | { type: "file"; mode: number; content: Buffer }
  | { type: "directory"; mode: number }
  | { type: "link"; to: string };

export interface GuestSpec {
  vmid: number;
  hostname: string;
  /** File name of the OS template it was made from. */
  template: string;
  cores: number;
  memoryMib: number;
  swapMib: number;
  diskGib: number;
  unprivileged: boolean;
  nesting: boolean;
  network: GuestNetwork | null;
  /** Volumes beside the root disk; absent: none. */
  mounts?: readonly GuestMount[];
  nameserver?: string;
  searchdomain?: string;
  sshPublicKeys?: string;
  /** crypt(3) form, ready for /etc/shadow. */
  passwordHash?: string;
}

export interface GuestMount {
  /** Name of a volume of the guest's own: `vm-101-disk-1`. */
  volume: string;
  /** Absolute path inside. */
  path: string;
  readOnly: boolean;
}

export interface GuestCopy {
  from: number;
  /** Absent: the guest as it is now. */
  snapshot?: string;
  /** The new guest. */
  spec: GuestSpec;
  /** Name of each volume beside the root disk → its name in the copy. */
  volumes: Readonly<Record<string, string>>;
}

export interface GuestNetwork {
  bridge: string;
  /** `AA:BB:CC:DD:EE:FF` */
  hwaddr: string;
  /** "dhcp" or a CIDR such as `10.77.0.5/24`. */
  ip: string;
  gw?: string;
  firewall?: boolean;
}

export interface GuestUsage {
  /** 0..cores, as a share of one CPU. */
  cpu: number;
  memBytes: number;
  diskBytes: number;
  netInBytes: number;
  netOutBytes: number;
  uptimeS: number;
  /** Pid of the guest's init on the host. */
  pid: number;
}

export interface GuestInterface {
  name: string;
  /** Lower case, as the kernel prints it. */
  hwaddr: string;
  /** CIDR forms, e.g. `10.77.0.5/24`, `fe80::…/64`. */
  inet: string[];
  inet6: string[];
}

export interface ExecIo {
  /** Null: /dev/null. */
  stdin: Readable | null;
  /** The whole environment of the command; nothing is inherited. */
  env: Readonly<Record<string, string>>;
  stdout: (bytes: Buffer) => void;
  stderr: (bytes: Buffer) => void;
  /** Aborted when the SSH session ends; the process inside may go on, like lxc-attach without a TTY. */
  signal: AbortSignal;
}

interface GuestFile {
  path: string;
  content: Buffer;
  /** Ids inside the guest. */
  uid: number;
  gid: number;
  /** Permission bits, e.g. 0o644. */
  mode: number;
}
