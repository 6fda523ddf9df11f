// What a real vzcreate prints on LVM after the volume is there (seen on 9.2).

import { createHash } from "node:crypto";
import type { GuestSpec } from "../host";

export function createLog(spec: GuestSpec): string[] {
  const blocks = Math.round(spec.diskGib * 262_144);
  const key = (name: string) =>
    createHash("sha256").update(`${spec.vmid}${spec.hostname}${name}`).digest("base64").replace("=", "");
  const keys = ["rsa", "ecdsa", "ed25519"].flatMap((name) => [
    `Creating SSH host key 'ssh_host_${name}_key' - this may take some time ...`,
    `done: SHA256:${key(name)} root@${spec.hostname}`,
  ]);
  return [
    `Creating filesystem with ${blocks} 4k blocks and ${Math.round(blocks / 4)} inodes`,
    "Filesystem UUID: 00000000-0000-0000-0000-000000000000",
    "Superblock backups stored on blocks: ",
    "\t32768, 98304, 163840, 229376, 294912, 819200, 884736",
    `extracting archive '/var/lib/vz/template/cache/${spec.template}'`,
    "Total bytes read: 552919040 (528MiB, 266MiB/s)",
    "Detected container architecture: amd64",
    ...keys,
  ];
}
