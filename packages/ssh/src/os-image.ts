// Files of an OS image that lies packed on a node: read in one pass over its archive, nothing unpacked or written there.
import { posix } from "node:path";
import type { Ssh } from "./ssh";
import { parseListing, whyUnread, type TarEntry } from "./tar-listing";

export type ImageEntry =
  | { kind: "absent" }
  /** `permissions` as `ls` prints them: "rw-r--r--". `content` is null when it lies beyond what was read. */
  | { kind: "file"; permissions: string; sizeBytes: number; content: Buffer | null }
  /** The path, or a directory on the way to it (`at`), is a link; nothing was followed. */
  | { kind: "link"; at: string; to: string }
  | { kind: "directory" }
  /** Neither of these; `what` completes "it is …". */
  | { kind: "other"; what: string };

/** The node could not tell; `message` are its own words. */
export class OsImageError extends Error {
  override readonly name = "OsImageError";
}

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  /** Of all contents together; what comes after is not read. */
  maxBytes?: number | undefined;
}

const MAX_BYTES = 1024 * 1024;

/**
 * What image `volid` ("local:vztmpl/debian-12….tar.zst") holds at each of `paths`, which are absolute. Runs on the node as root: only
 * a path that Proxmox names itself is opened. Rejects with OsImageError, or with SshError when the outcome is not known.
 */
export async function readOsImage(
  ssh: Pick<Ssh, "exec">,
  { volid, paths }: { volid: string; paths: readonly string[] },
  options: ReadOptions = {},
): Promise<Map<string, ImageEntry>> {
  const { signal, timeoutMs, maxBytes = MAX_BYTES } = options;
  const asked = new Map(paths.map((path) => [path, isPlain(path) ? posix.normalize(path) : null]));
  const members = [...new Set([...asked.values()].flatMap((path) => (path === null ? [] : withParents(path))))];
  const seen =
    members.length === 0
      ? new Map<string, Member>()
      : await readMembers(
          ssh,
          { archive: await archiveOf(ssh, volid, { signal, timeoutMs }), members },
          { signal, timeoutMs, maxBytes },
        );
  return new Map(
    [...asked].map(([path, normal]) => [
      path,
      normal === null ? { kind: "other", what: "a name that no archive can be asked for" } : entryAt(seen, normal),
    ]),
  );
}

async function archiveOf(ssh: Pick<Ssh, "exec">, volid: string, options: ReadOptions): Promise<string> {
  if (volid.startsWith("-")) throw new OsImageError(`${volid} is no volume`);
  const { code, stdout, stderr } = await ssh.exec(["pvesm", "path", volid], options);
  const path = stdout.toString("utf8").replace(/\n$/, "");
  if (code !== 0 || !path.startsWith("/") || path.includes("\n"))
    throw new OsImageError(stderr.trim() || `pvesm ended with exit code ${code ?? "none"}`);
  return path;
}

interface Member extends TarEntry {
  content: Buffer | null;
}

/**
 * With `-O` tar writes contents to standard output one after the other, and with `-vv` what it wrote, and how long it is, to standard
 * error. `--force-local`: a colon in a path is no host. `--no-unquote`: a backslash in a name is one.
 */
async function readMembers(
  ssh: Pick<Ssh, "exec">,
  { archive, members }: { archive: string; members: readonly string[] },
  { maxBytes, timeoutMs, signal }: ReadOptions & { maxBytes: number },
): Promise<Map<string, Member>> {
  const argv = [
    "tar",
    "-xOvv",
    "--numeric-owner",
    "--quoting-style=escape",
    "--force-local",
    "--no-recursion",
    "--no-wildcards",
    "--no-unquote",
    "-f",
    archive,
    ...members.flatMap((name) => [`./${name}`, name]),
  ];
  const output: Buffer[] = [];
  const listing: Buffer[] = [];
  const enough = new AbortController();
  let received = 0;
  const keep =
    (list: Buffer[]) =>
    (bytes: Buffer): void => {
      received += bytes.length;
      list.push(bytes);
      if (received > maxBytes) enough.abort();
    };
  const ended = await ssh
    .exec(["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", ...argv], {
      signal: signal ? AbortSignal.any([signal, enough.signal]) : enough.signal,
      timeoutMs,
      onStdout: keep(output),
      onStderr: keep(listing),
    })
    .catch((error: unknown) => {
      if (!enough.signal.aborted || signal?.aborted) throw error;
      return undefined;
    });
  const text = Buffer.concat(listing).toString("utf8");
  // What was cut off may end in half a line.
  const { entries, complaints } = parseListing(ended === undefined ? text.slice(0, text.lastIndexOf("\n") + 1) : text);
  const unread = ended === undefined ? undefined : whyUnread(ended.code, complaints);
  if (unread !== undefined) throw new OsImageError(unread);
  return inOrder({ entries, content: Buffer.concat(output), members, cut: ended === undefined });
}

function inOrder({
  entries,
  content,
  members,
  cut,
}: {
  entries: readonly TarEntry[];
  content: Buffer;
  members: readonly string[];
  cut: boolean;
}): Map<string, Member> {
  const found = new Map<string, Member>();
  let at = 0;
  for (const entry of entries) {
    const end = entry.type === "-" ? at + entry.sizeBytes : at;
    const name = members.find((member) => isNamed(entry, member));
    if (name === undefined) throw new OsImageError(`tar listed what it was not asked for: ${entry.words}`);
    // A name that is there twice is unpacked twice: the last one stays.
    found.set(name, { ...entry, content: end <= content.length ? content.subarray(at, end) : null });
    at = end;
  }
  if (!cut && at !== content.length) throw new OsImageError("tar wrote something else than it listed");
  // What was not reached is not absent.
  if (cut)
    for (const member of members)
      if (!found.has(member)) found.set(member, { type: "?", permissions: "", sizeBytes: 0, words: "", content: null });
  return found;
}

function isNamed({ type, words }: TarEntry, member: string): boolean {
  const escaped = member.replaceAll("\\", "\\\\");
  const named = (name: string) => {
    if (type === "l") return words.startsWith(`${name} -> `);
    if (type === "h") return words.startsWith(`${name} link to `);
    return words.replace(/\/$/, "") === name;
  };
  return named(`./${escaped}`) || named(escaped);
}

const otherTypes = new Map([
  ["h", "a hard link"],
  ["?", "behind more than is read of an image"],
]);

function entryAt(seen: ReadonlyMap<string, Member>, path: string): ImageEntry {
  const way = withParents(path);
  for (const name of way) {
    const member = seen.get(name);
    if (member?.type === "l")
      return { kind: "link", at: `/${name}`, to: member.words.slice(member.words.indexOf(" -> ") + 4) };
  }
  const member = seen.get(way.at(-1) ?? "");
  if (member === undefined) return { kind: "absent" };
  if (member.type === "d") return { kind: "directory" };
  if (member.type === "-")
    return { kind: "file", permissions: member.permissions, sizeBytes: member.sizeBytes, content: member.content };
  return { kind: "other", what: otherTypes.get(member.type) ?? "no plain file" };
}

/** "/etc/ssh/x" → "etc", "etc/ssh", "etc/ssh/x". */
function withParents(path: string): string[] {
  const parts = path.split("/").filter(Boolean);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Others would be shown escaped by tar, and need not be asked for. */
const isPlain = (path: string): boolean =>
  path.startsWith("/") && !path.endsWith("/") && !/[\p{C}\p{Zl}\p{Zp}]/u.test(path);
