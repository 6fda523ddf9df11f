// What a container's disk says about itself: name, network, name server, keys. As Proxmox's Debian setup writes it.
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { GuestSpec } from "../host";

/** Settings that Proxmox writes before every start. */
export async function writeSettings(rootfs: string, spec: GuestSpec, gateway: string): Promise<void> {
  await writeInside(rootfs, "/etc/hostname", { text: `${spec.hostname}\n` });
  await writeInside(rootfs, "/etc/hosts", {
    text: `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n127.0.1.1\t${spec.hostname}\n`,
  });
  await writeInside(rootfs, "/etc/network/interfaces", { text: interfaces(spec, gateway) });
  const search = spec.searchdomain === undefined ? "" : `search ${spec.searchdomain}\n`;
  const servers = (spec.nameserver ?? gateway).split(/[\s,]+/).filter((server) => server !== "");
  await writeInside(rootfs, "/etc/resolv.conf", {
    text: search + servers.map((server) => `nameserver ${server}\n`).join(""),
  });
}

/** Settings that Proxmox writes at creation only: what a person changes inside later stays. */
export async function writeFirstSettings(rootfs: string, spec: GuestSpec): Promise<void> {
  if (spec.sshPublicKeys !== undefined) {
    await mkdir(join(rootfs, "root/.ssh"), { recursive: true, mode: 0o700 });
    await writeInside(rootfs, "/root/.ssh/authorized_keys", { text: `${spec.sshPublicKeys.trim()}\n`, mode: 0o600 });
  }
  const hash = spec.passwordHash;
  if (hash === undefined) return;
  const shadow = await readFile(join(rootfs, "etc/shadow"), "utf8");
  await writeInside(rootfs, "/etc/shadow", {
    text: shadow.replace(/^root:[^:]*:/m, () => `root:${hash}:`),
    mode: 0o640,
  });
}

/** systemd makes a new one, which it would take from D-Bus' copy first: two machines with one id confuse DHCP and the journal. */
export async function forgetMachineId(rootfs: string): Promise<void> {
  for (const path of ["/etc/machine-id", "/var/lib/dbus/machine-id"]) {
    const found = await lstat(join(rootfs, path)).catch(() => undefined);
    if (found?.isFile() === true) await writeInside(rootfs, path, { text: "" });
  }
}

/** ifupdown's file; without a network only the loopback. */
function interfaces(spec: GuestSpec, gateway: string): string {
  const loopback = "auto lo\niface lo inet loopback\n";
  if (spec.network === null) return loopback;
  if (spec.network.ip === "dhcp") return `${loopback}\nauto eth0\niface eth0 inet dhcp\n`;
  return `${loopback}\nauto eth0\niface eth0 inet static\n\taddress ${spec.network.ip}\n\tgateway ${spec.network.gw ?? gateway}\n`;
}

/** Replaces a file by rename, keeping its group; refuses a path that a guest's symlink leads out of its disk. */
async function writeInside(
  rootfs: string,
  path: string,
  { text, mode = 0o644 }: { text: string; mode?: number },
): Promise<void> {
  const target = join(rootfs, path);
  const directory = await realpath(dirname(target));
  if (directory !== dirname(target)) throw new Error(`${dirname(path)} is not a plain directory of the container`);
  const temporary = join(directory, `.${basename(target)}.homeport-lab`);
  const before = await lstat(target).catch(() => undefined);
  await writeFile(temporary, text, { mode });
  await chmod(temporary, mode);
  if (before !== undefined) await chown(temporary, before.uid, before.gid);
  await rename(temporary, target);
}
