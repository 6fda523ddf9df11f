// The Debian image that every container is copied from: built once by debootstrap, cached by the recipe's hash.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "./run";

const mirror = "http://deb.debian.org/debian";
const security = "http://deb.debian.org/debian-security";

/** Close to Proxmox's debian-12-standard, which also boots systemd, uses ifupdown and runs an SSH server. */
const recipe = {
  suite: "bookworm",
  packages: [
    "systemd-sysv",
    "dbus",
    "iproute2",
    "ifupdown",
    "isc-dhcp-client",
    "iputils-ping",
    "netbase",
    "procps",
    "ca-certificates",
    "openssh-server",
    "less",
    "nano",
    "logrotate",
    "cron",
    "curl",
  ],
  files: {
    "/etc/apt/sources.list": `deb ${mirror} bookworm main\ndeb ${mirror} bookworm-updates main\ndeb ${security} bookworm-security main\n`,
    "/etc/default/locale": "LANG=C.UTF-8\n",
    "/etc/machine-id": "",
    "/etc/hostname": "localhost\n",
    // A copied image must not share host keys; the image has none and each guest makes its own.
    "/etc/systemd/system/ssh.service.d/host-keys.conf":
      "[Service]\nExecStartPre=\nExecStartPre=/usr/bin/ssh-keygen -A\nExecStartPre=/usr/sbin/sshd -t\n",
  },
  // Mounts that a user namespace may not make; without this every unprivileged guest is "degraded".
  masked: [
    "sys-kernel-debug.mount",
    "sys-kernel-tracing.mount",
    "sys-kernel-config.mount",
    "systemd-modules-load.service",
  ],
} as const;

export interface RootfsImage {
  directory: string;
  sizeBytes: number;
}

function imageDirectory(): string {
  const cache = process.env["HOMEPORT_CACHE"] ?? join(homedir(), ".cache", "homeport");
  const key = createHash("sha256").update(JSON.stringify(recipe)).digest("hex").slice(0, 16);
  return join(cache, "rootfs", `debian-12-${key}`);
}

/** Builds the image unless it is cached. Takes a minute or two and about 100 MiB of downloads. */
export async function ensureImage(log: (line: string) => void): Promise<RootfsImage> {
  const directory = imageDirectory();
  if (!existsSync(join(directory, "size"))) await build(directory, log);
  return { directory: join(directory, "rootfs"), sizeBytes: Number(await readFile(join(directory, "size"), "utf8")) };
}

async function build(directory: string, log: (line: string) => void): Promise<void> {
  const building = `${directory}.building-${process.pid}`;
  const rootfs = join(building, "rootfs");
  log("Building the Debian 12 image (once, one or two minutes)");
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true, mode: 0o700 });
  try {
    const include = recipe.packages.join(",");
    await run(["debootstrap", "--variant=minbase", `--include=${include}`, recipe.suite, rootfs, mirror], {
      onLine: (line) => {
        if (!/^I: (Retrieving|Validating|Extracting|Unpacking|Configuring)/.test(line)) log(line);
      },
    });
    for (const [path, text] of Object.entries(recipe.files)) {
      await mkdir(join(rootfs, path, ".."), { recursive: true });
      await writeFile(join(rootfs, path), text);
    }
    await run([
      "sh",
      "-c",
      'rm -f "$1"/etc/ssh/ssh_host_* "$1"/var/cache/apt/archives/*.deb; rm -rf "$1"/var/lib/apt/lists/*',
      "sh",
      rootfs,
    ]);
    await run(["systemctl", `--root=${rootfs}`, "mask", ...recipe.masked]).catch(async () => {
      for (const unit of recipe.masked) await run(["ln", "-sf", "/dev/null", join(rootfs, "etc/systemd/system", unit)]);
    });
    const size = (await run(["du", "-sxb", rootfs])).split("\t")[0] ?? "0";
    await writeFile(join(building, "size"), size);
    // Whoever comes second finds the first one's image and throws its own away.
    await rename(building, directory).catch((error: unknown) => {
      if (!existsSync(join(directory, "size"))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  log("The Debian 12 image is ready");
}
