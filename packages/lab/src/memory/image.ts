// What the memory backend's OS images hold: a few files with the contents that Debian gives them.

import type { ImageMember } from "../host";

const MOTD = `
The programs included with the Debian GNU/Linux system are free software;
the exact distribution terms for each program are described in the
individual files in /usr/share/doc/*/copyright.

Debian GNU/Linux comes with ABSOLUTELY NO WARRANTY, to the extent
permitted by applicable law.
`;

const links: Record<string, string> = {
  "/bin": "usr/bin",
  "/lib": "usr/lib",
  "/sbin": "usr/sbin",
  "/etc/os-release": "../usr/lib/os-release",
};
const modes: Record<string, number> = { "/etc/shadow": 0o640 };

/** Plain files by path, of an image by its file name: "debian-12-standard_12.12-1_amd64.tar.zst". */
export function imageFiles(file: string): Record<string, string> {
  const [, family = "debian", version = "12"] = /^([a-z]+)-([\d.]+)/.exec(file) ?? [];
  const common = {
    "/etc/group": "root:x:0:\nwww-data:x:33:\nnogroup:x:65534:\n",
    "/etc/host.conf": "multi on\n",
    "/etc/hosts":
      "127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost ip6-loopback\nff02::1\t\tip6-allnodes\nff02::2\t\tip6-allrouters\n\n",
    "/etc/passwd":
      "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    "/etc/shadow": "root:*:20342:0:99999:7:::\nwww-data:*:20342:0:99999:7:::\nnobody:*:20342:0:99999:7:::\n",
  };
  if (family !== "debian")
    return { ...common, "/usr/lib/os-release": `NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="${version}"\n` };
  const codename = version === "13" ? "trixie" : "bookworm";
  return {
    ...common,
    "/etc/debian_version": `${/_(\d+\.\d+)-/.exec(file)?.[1] ?? version}\n`,
    "/etc/issue": `Debian GNU/Linux ${version} \\n \\l\n\n`,
    "/etc/issue.net": `Debian GNU/Linux ${version}\n`,
    "/etc/motd": MOTD,
    "/usr/lib/os-release": `PRETTY_NAME="Debian GNU/Linux ${version} (${codename})"\nNAME="Debian GNU/Linux"\nVERSION_ID="${version}"\nVERSION="${version} (${codename})"\nVERSION_CODENAME=${codename}\nID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\nBUG_REPORT_URL="https://bugs.debian.org/"\n`,
  };
}

export function imageMember(file: string, path: string): ImageMember | undefined {
  const to = links[path];
  if (to !== undefined) return { type: "link", to };
  const files = imageFiles(file);
  const text = files[path];
  if (text !== undefined) return { type: "file", mode: modes[path] ?? 0o644, content: Buffer.from(text) };
  return Object.keys(files).some((one) => one.startsWith(`${path}/`)) ? { type: "directory", mode: 0o755 } : undefined;
}
