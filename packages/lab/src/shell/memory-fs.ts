// A small file system in memory: what memory guests and the lab's SSH staging area have instead of a disk.

interface FileEntry {
  content: Buffer;
  mode: number;
  uid: number;
  gid: number;
}

interface DirectoryEntry {
  mode: number;
  uid: number;
  gid: number;
}

export interface KeptFs {
  files: Record<string, { text: string; mode: number; uid: number; gid: number }>;
  directories: Record<string, DirectoryEntry>;
}

export interface MemoryFs {
  read(path: string): Buffer | undefined;
  file(path: string): Readonly<FileEntry> | undefined;
  isDirectory(path: string): boolean;
  /** Keeps mode and owner of an existing file; false when the directory is missing. */
  write(path: string, content: Buffer, attributes?: Partial<Omit<FileEntry, "content">>): boolean;
  chmod(path: string, mode: number): boolean;
  chown(path: string, uid: number, gid: number): boolean;
  mkdir(path: string, parents: boolean, mode?: number): boolean;
  rename(from: string, to: string): boolean;
  /** Removes a file or a whole directory. */
  remove(path: string): boolean;
  /** Names in a directory, sorted. */
  list(path: string): string[];
  attributes(path: string): DirectoryEntry | undefined;
  copy(): MemoryFs;
  toJSON(): KeptFs;
}

const baseDirectories = [
  "/",
  "/bin",
  "/dev",
  "/etc",
  "/home",
  "/opt",
  "/root",
  "/run",
  "/srv",
  "/tmp",
  "/usr",
  "/usr/local",
  "/usr/local/bin",
  "/usr/local/lib",
  "/usr/local/sbin",
  "/var",
  "/var/lib",
  "/var/log",
  "/var/www",
  "/var/www/html",
  "/etc/systemd",
  "/etc/systemd/system",
  "/etc/default",
  "/etc/apt",
  "/etc/apt/sources.list.d",
  "/usr/share",
  "/usr/share/keyrings",
];

export function createFs(kept?: KeptFs): MemoryFs {
  const files = new Map<string, FileEntry>();
  const directories = new Map<string, DirectoryEntry>();
  if (kept === undefined) for (const path of baseDirectories) directories.set(path, { mode: 0o755, uid: 0, gid: 0 });
  for (const [path, entry] of Object.entries(kept?.directories ?? {})) directories.set(path, { ...entry });
  for (const [path, { text, ...rest }] of Object.entries(kept?.files ?? {})) {
    files.set(path, { ...rest, content: Buffer.from(text, "latin1") });
  }
  const clean = (path: string) => normalize(path);
  const inside = (path: string) => (path === "/" ? "/" : `${path}/`);

  const fs: MemoryFs = {
    read: (path) => files.get(clean(path))?.content,
    file: (path) => files.get(clean(path)),
    isDirectory: (path) => directories.has(clean(path)),
    write(path, content, attributes = {}) {
      const full = clean(path);
      if (directories.has(full) || !directories.has(parentOf(full))) return false;
      const before = files.get(full) ?? { mode: 0o644, uid: 0, gid: 0 };
      files.set(full, { mode: before.mode, uid: before.uid, gid: before.gid, ...attributes, content });
      return true;
    },
    chmod(path, mode) {
      const entry = files.get(clean(path)) ?? directories.get(clean(path));
      if (entry !== undefined) entry.mode = mode;
      return entry !== undefined;
    },
    chown(path, uid, gid) {
      const entry = files.get(clean(path)) ?? directories.get(clean(path));
      if (entry !== undefined) Object.assign(entry, { uid, gid });
      return entry !== undefined;
    },
    mkdir(path, parents, mode = 0o755) {
      const full = clean(path);
      if (files.has(full)) return false;
      if (directories.has(full)) return parents;
      const parent = parentOf(full);
      if (!directories.has(parent) && !(parents && fs.mkdir(parent, true))) return false;
      directories.set(full, { mode, uid: 0, gid: 0 });
      return true;
    },
    rename(from, to) {
      const source = clean(from);
      const target = directories.has(clean(to)) ? `${inside(clean(to))}${nameIn(source)}` : clean(to);
      const file = files.get(source);
      if (file !== undefined) {
        if (!directories.has(parentOf(target))) return false;
        files.delete(source);
        files.set(target, file);
        return true;
      }
      if (!directories.has(source) || !directories.has(parentOf(target))) return false;
      move(files, source, target);
      move(directories, source, target);
      return true;
    },
    remove(path) {
      const full = clean(path);
      if (files.delete(full)) return true;
      if (!directories.has(full)) return false;
      for (const map of [files, directories]) {
        for (const name of [...map.keys()]) if (name === full || name.startsWith(inside(full))) map.delete(name);
      }
      return true;
    },
    list(path) {
      const start = inside(clean(path));
      const names = [...files.keys(), ...directories.keys()].filter((name) => name.startsWith(start) && name !== start);
      return [...new Set(names.map((name) => name.slice(start.length).split("/")[0] ?? ""))]
        .filter((n) => n !== "")
        .sort();
    },
    attributes: (path) => files.get(clean(path)) ?? directories.get(clean(path)),
    copy: () => createFs(fs.toJSON()),
    toJSON: () => ({
      files: Object.fromEntries(
        [...files].map(([path, { content, ...rest }]) => [path, { ...rest, text: content.toString("latin1") }]),
      ),
      directories: Object.fromEntries(directories),
    }),
  };
  return fs;
}

function move<T>(map: Map<string, T>, from: string, to: string): void {
  for (const [name, entry] of [...map]) {
    if (name !== from && !name.startsWith(`${from}/`)) continue;
    map.delete(name);
    map.set(`${to}${name.slice(from.length)}`, entry);
  }
}

/** Relative paths begin at root's home, where an SSH session and pct exec stand. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `/root/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function parentOf(path: string): string {
  const cut = path.lastIndexOf("/");
  return cut <= 0 ? "/" : path.slice(0, cut);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
