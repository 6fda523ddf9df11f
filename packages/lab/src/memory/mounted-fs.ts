// A root file system with others mounted in it: what a memory guest with mount points sees.

import { normalize, type MemoryFs } from "../shell/memory-fs";

export interface FsMount {
  path: string;
  fs: MemoryFs;
  readOnly: boolean;
}

/** Writes to a read-only mount fail as those to a missing directory do; nothing is renamed from one file system into another but files. */
export function mountedFs(root: MemoryFs, mounts: readonly FsMount[]): MemoryFs {
  if (mounts.length === 0) return root;
  for (const { path } of mounts) root.mkdir(path, true);
  // The deepest mount point above a path holds it.
  const deepest = [...mounts].sort((a, b) => b.path.length - a.path.length);
  const at = (path: string): { fs: MemoryFs; path: string; readOnly: boolean } => {
    const full = normalize(path);
    const mount = deepest.find((one) => full === one.path || full.startsWith(`${one.path}/`));
    return mount === undefined
      ? { fs: root, path: full, readOnly: false }
      : { fs: mount.fs, path: full.slice(mount.path.length) || "/", readOnly: mount.readOnly };
  };
  const isMountPoint = (path: string) => mounts.some((mount) => mount.path === normalize(path));
  const changing = (path: string, work: (fs: MemoryFs, inner: string) => boolean): boolean => {
    const found = at(path);
    return !found.readOnly && work(found.fs, found.path);
  };

  const view: MemoryFs = {
    read: (path) => at(path).fs.read(at(path).path),
    file: (path) => at(path).fs.file(at(path).path),
    isDirectory: (path) => at(path).fs.isDirectory(at(path).path),
    attributes: (path) => at(path).fs.attributes(at(path).path),
    list: (path) => at(path).fs.list(at(path).path),
    write: (path, content, attributes) => changing(path, (fs, inner) => fs.write(inner, content, attributes)),
    chmod: (path, mode) => changing(path, (fs, inner) => fs.chmod(inner, mode)),
    chown: (path, uid, gid) => changing(path, (fs, inner) => fs.chown(inner, uid, gid)),
    mkdir: (path, parents, mode) =>
      changing(path, (fs, inner) => (inner === "/" ? parents : fs.mkdir(inner, parents, mode))),
    remove: (path) => !isMountPoint(path) && changing(path, (fs, inner) => fs.remove(inner)),
    rename(from, to) {
      const [source, target] = [at(from), at(to)];
      if (isMountPoint(from) || source.readOnly || target.readOnly) return false;
      if (source.fs === target.fs) return source.fs.rename(source.path, target.path);
      const file = source.fs.file(source.path);
      if (file === undefined) return false;
      const { content, ...attributes } = file;
      const path = target.fs.isDirectory(target.path)
        ? `${target.path}/${source.path.split("/").at(-1) ?? ""}`
        : target.path;
      return target.fs.write(path, content, attributes) && source.fs.remove(source.path);
    },
    copy: () =>
      mountedFs(
        root.copy(),
        mounts.map((mount) => ({ ...mount, fs: mount.fs.copy() })),
      ),
    toJSON: () => root.toJSON(),
  };
  return view;
}
