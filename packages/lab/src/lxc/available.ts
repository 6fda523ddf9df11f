// Whether real containers can run on this machine. No imports of ours: the launcher asks before anything else is there.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { release } from "node:os";

export type LxcAvailability = { ok: true } | { ok: false; reason: string; packages: string[]; fix: string };

/** What the backend runs, and the Debian package that brings it. */
const tools: Record<string, string> = {
  "lxc-start": "lxc",
  debootstrap: "debootstrap",
  dnsmasq: "dnsmasq-base",
  iptables: "iptables",
  ip: "iproute2",
  newuidmap: "uidmap",
  nsenter: "util-linux",
};
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * Asks without changing anything (a bridge is made and removed at once). When not ok, `reason` is a sentence,
 * `packages` are the Debian packages that are missing (empty when packages would not help), `fix` says what to do.
 */
export async function lxcAvailable(): Promise<LxcAvailability> {
  if (process.platform !== "linux") return no("LXC containers need Linux", "Use the memory lab, or a Linux machine.");
  if (process.getuid?.() !== 0) return no("LXC containers need root", "Run it as root.");
  const packages = missingPackages();
  if (packages.length > 0) {
    return no(
      `these packages are missing: ${packages.join(", ")}`,
      `apt-get install --no-install-recommends ${packages.join(" ")}`,
      packages,
    );
  }
  const [major = 0, minor = 0] = release().split(".").map(Number);
  // Unprivileged guests share one image through id-mapped mounts: Linux 5.12.
  if (major < 5 || (major === 5 && minor < 12))
    return no(`the kernel (${release()}) is older than 5.12`, "Use a newer kernel.");
  const namespaces = ["net", "user", "pid", "mnt", "uts", "ipc", "cgroup"].filter(
    (name) => !existsSync(`/proc/self/ns/${name}`),
  );
  if (namespaces.length > 0) return no(`the kernel lacks namespaces: ${namespaces.join(", ")}`, "Use another kernel.");
  if (!existsSync("/sys/fs/cgroup/cgroup.controllers") && !existsSync("/sys/fs/cgroup/systemd")) {
    return no("no cgroup hierarchy is mounted on /sys/fs/cgroup", "Mount cgroup2 on /sys/fs/cgroup.");
  }
  const probe = `hpprobe${process.pid % 10_000_000}`;
  const refused = await run("ip", ["link", "add", probe, "type", "bridge"]);
  if (refused !== undefined)
    return no(
      `a network bridge cannot be made here (${refused})`,
      "Give the machine CAP_NET_ADMIN and a kernel with bridges.",
    );
  await run("ip", ["link", "del", probe]);
  return { ok: true };
}

/** The Debian packages to install before `lxcAvailable` can be ok. */
export function missingPackages(): string[] {
  const missing = Object.entries(tools)
    .filter(([tool]) => !directories.some((directory) => existsSync(`${directory}/${tool}`)))
    .map(([, name]) => name);
  if (!existsSync(keyring)) missing.push("debian-archive-keyring");
  return [...new Set(missing)];
}

function no(reason: string, fix: string, packages: string[] = []): LxcAvailability {
  return { ok: false, reason, packages, fix };
}

/** Undefined when it worked, else why not. */
function run(command: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { env: { PATH: directories.join(":") } }, (error, _stdout, stderr) => {
      resolve(error === null ? undefined : stderr.trim() || error.message);
    });
  });
}
