// Who owns a file of the lab's machines, by name and by number, and how `stat -c` prints it.
import type { MemoryFs } from "./memory-fs";

const names: Record<string, number> = { root: 0, "www-data": 33, postgres: 105, redis: 106, nobody: 65534 };

/** Numeric ids of `user:group`; unknown names get an id of their own kind. */
export function ownerIds(owner: string): [number, number] {
  const [user = "root", group = user] = owner.split(":");
  const id = (name: string) => names[name] ?? (/^\d+$/.test(name) ? Number(name) : 1000);
  return [id(user), id(group)];
}

export function statLine(format: string, path: string, fs: MemoryFs): string {
  const { mode = 0, uid = 0, gid = 0 } = fs.attributes(path) ?? {};
  const name = (id: number) => Object.entries(names).find(([, value]) => value === id)?.[0] ?? String(id);
  const values: Record<string, string> = {
    a: mode.toString(8),
    u: String(uid),
    g: String(gid),
    U: name(uid),
    G: name(gid),
    n: path,
    s: String(fs.read(path)?.length ?? 4096),
  };
  return format.replace(/%(\w)/g, (_, key: string) => values[key] ?? "?");
}
