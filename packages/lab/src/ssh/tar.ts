// GNU tar, as far as it writes single members of an OS image to standard output: words and exit codes of 1.34.

import type { Core } from "../core";
import type { ImageMember } from "../host";
import type { Io } from "../shell/run";
import { templateCache } from "./pvesm";

const known = new Set([
  "-xOvv",
  "--numeric-owner",
  "--quoting-style=escape",
  "--force-local",
  "--no-recursion",
  "--no-wildcards",
  "--no-unquote",
  "-f",
]);
const usage = 64;
const failed = 2;

export async function tar(core: Core, args: readonly string[], io: Io): Promise<number> {
  const complain = (text: string, code = failed): number => {
    io.stderr(Buffer.from(`tar: ${text}\n`));
    return code;
  };
  const at = args.indexOf("-f");
  const strange = args.slice(0, at + 1).find((option) => !known.has(option));
  if (at < 0 || strange !== undefined)
    return complain(`the lab's tar does not know '${strange ?? args.join(" ")}'`, usage);
  const [archive = "", ...names] = args.slice(at + 1);

  const image = (await core.osTemplates.present()).find(({ file }) => archive === `${templateCache}/${file}`);
  if (image === undefined)
    return complain(`${archive}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`);
  // As in Proxmox's own images, every name begins with "./".
  const members = await Promise.all(
    names.map(async (name) => ({
      name,
      member: name.startsWith("./") ? await core.host.imageMember(image.file, name.slice(1)) : undefined,
    })),
  );
  for (const { name, member } of members) {
    if (member === undefined) continue;
    io.stderr(Buffer.from(`${line(name, member)}\n`));
    if (member.type === "file") io.stdout(member.content);
  }
  const absent = members.filter(({ member }) => member === undefined);
  for (const { name } of absent) complain(`${escaped(name)}: Not found in archive`);
  return absent.length === 0 ? 0 : complain("Exiting with failure status due to previous errors");
}

const signs = { file: "-", directory: "d", link: "l" } as const satisfies Record<ImageMember["type"], string>;

function line(name: string, member: ImageMember): string {
  const mode = member.type === "link" ? 0o777 : member.mode;
  const rights = [6, 3, 0]
    .map((shift) => ["r", "w", "x"].map((sign, bit) => ((mode >> shift) & (4 >> bit) ? sign : "-")).join(""))
    .join("");
  const size = String(member.type === "file" ? member.content.length : 0).padStart(15);
  return `${signs[member.type]}${rights} 0/0 ${size} 2025-09-11 09:12 ${listedName(name, member)}`;
}

function listedName(name: string, member: ImageMember): string {
  switch (member.type) {
    case "file":
      return escaped(name);
    case "directory":
      return `${escaped(name)}/`;
    case "link":
      return `${escaped(name)} -> ${escaped(member.to)}`;
  }
}

const escaped = (name: string): string => name.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
