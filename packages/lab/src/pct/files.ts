// pct push and pull: a failure inside the copy is only said on standard error, the exit code stays 0.

import type { Core } from "../core";
import { lockTimeoutMs } from "../guests/worker";
import { messageOf } from "../http/api-error";
import type { ParsedPct } from "./pct";

const refused = 255;

export async function pushFile(core: Core, call: ParsedPct): Promise<number> {
  const { vmid, positional, options, fs, io } = call;
  const [, source = "", path = ""] = positional;
  const complain = (text: string, code: number): number => (io.stderr(Buffer.from(`${text}\n`)), code);
  if (positional.length < 3)
    return complain("400 not enough arguments\npct push <vmid> <file> <destination> [OPTIONS]", refused);
  if (!(await core.host.running(vmid))) return complain("can only push files to a running CT", refused);
  return core.flocks.with(vmid, lockTimeoutMs, async () => {
    const content = fs.read(source);
    if (content === undefined) return complain(`failed to open ${source} for reading`, 0);
    try {
      const uid = await idOf(core, vmid, { file: "/etc/passwd", name: options["user"] ?? "0", kind: "user" });
      const gid = await idOf(core, vmid, { file: "/etc/group", name: options["group"] ?? "0", kind: "group" });
      await core.host.push(vmid, { path, content, uid, gid, mode: Number.parseInt(options["perms"] ?? "644", 8) });
    } catch (failure) {
      return complain(messageOf(failure), 0);
    }
    return 0;
  });
}

export async function pullFile(core: Core, call: ParsedPct): Promise<number> {
  const { vmid, positional, fs, io } = call;
  const [, path = "", target = ""] = positional;
  const complain = (text: string, code: number): number => (io.stderr(Buffer.from(`${text}\n`)), code);
  if (positional.length < 3)
    return complain("400 not enough arguments\npct pull <vmid> <path> <destination> [OPTIONS]", refused);
  if (!(await core.host.running(vmid))) return complain("can only pull files from a running CT", refused);
  return core.flocks.with(vmid, lockTimeoutMs, async () => {
    try {
      const content = await core.host.pull(vmid, path);
      if (!fs.write(target, content)) return complain(`failed to create ${target}: No such file or directory`, 0);
    } catch (failure) {
      return complain(messageOf(failure), 0);
    }
    return 0;
  });
}

/** Names are those of the container's own files. */
async function idOf(core: Core, vmid: number, what: { file: string; name: string; kind: string }): Promise<number> {
  if (/^\d+$/.test(what.name)) return Number(what.name);
  const lines = (await core.host.pull(vmid, what.file)).toString("utf8").split("\n");
  const found = lines.map((line) => line.split(":")).find(([name]) => name === what.name);
  if (found === undefined) throw new Error(`getpwnam: unknown ${what.kind} '${what.name}'`);
  return Number(found[2]);
}
