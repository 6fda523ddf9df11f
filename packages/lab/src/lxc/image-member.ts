// One path of the unpacked image, as an archive of it would hold it.
import { lstat, readFile, readlink, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ImageMember } from "../host";

/** Undefined where nothing is, or where only a link leads: an archive has no member behind one. */
export async function memberOf(directory: string, path: string): Promise<ImageMember | undefined> {
  const full = join(directory, path);
  const parent = dirname(full);
  if ((await realpath(parent).catch(() => undefined)) !== (await realpath(directory)) + parent.slice(directory.length))
    return undefined;
  const found = await lstat(full).catch(() => undefined);
  if (found === undefined) return undefined;
  const mode = found.mode & 0o7777;
  if (found.isSymbolicLink()) return { type: "link", to: await readlink(full) };
  if (found.isDirectory()) return { type: "directory", mode };
  return found.isFile() ? { type: "file", mode, content: await readFile(full) } : undefined;
}
