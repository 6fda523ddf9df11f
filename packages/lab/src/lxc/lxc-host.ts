// The lxc backend: real containers made with LXC's own tools, in a directory and on a bridge that only this lab uses.
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ExecIo, GuestSpec, GuestUsage, LabHost, OsTemplate } from "../host";
import { idMap, limits, lxcConfig } from "./config";
import { copyDisks, createVolume, isUnprivileged, removeSnapshot, removeTree, rollback, takeSnapshot } from "./disks";
import { forgetMachineId, writeFirstSettings, writeSettings } from "./guest-files";
import { cpuSample, diskBytes, interfacesOf, memoryBytes, traffic, uptimeS, type CpuSample } from "./measure";
import { ensureNetwork, type LabNetwork } from "./network";
import { memberOf } from "./image-member";
import { ensureImage, type RootfsImage } from "./rootfs";
import { volumePath } from "./volume-path";
import { attach, hostPath, run, tryRun } from "./run";

const templateFile = "debian-12-standard_12.12-1_amd64.tar.zst";
const insideEnv = { PATH: hostPath, HOME: "/root", LANG: "C.UTF-8" };

/**
 * `directory` holds everything of this lab: guests, leases, logs. `prepare` must have resolved before a guest is made
 * or started; it takes over what an earlier process left, running guests included.
 */
export function createLxcHost(options: { directory: string }): LabHost {
  const { directory } = options;
  const lxcPath = join(directory, "guests");
  const home = (vmid: number): string => join(lxcPath, String(vmid));
  const rootfs = (vmid: number): string => join(home(vmid), "rootfs");
  const named = (vmid: number): string[] => ["-P", lxcPath, "-n", String(vmid)];
  const cpuBefore = new Map<number, CpuSample>();
  const disk = new Map<number, { bytes: number; atMs: number }>();
  let ready: { network: LabNetwork; image: RootfsImage } | undefined;

  const prepared = (): { network: LabNetwork; image: RootfsImage } => {
    if (ready === undefined) throw new Error("the lxc lab is not prepared");
    return ready;
  };
  const initPid = async (vmid: number): Promise<number | undefined> => {
    const info = await tryRun(["lxc-info", ...named(vmid), "-p", "-H"]);
    const pid = Number(info.stdout.toString().trim());
    return info.code === 0 && pid > 0 ? pid : undefined;
  };
  const writeConfig = async (spec: GuestSpec): Promise<void> => {
    await writeFile(join(home(spec.vmid), "config"), lxcConfig(spec, home(spec.vmid), prepared().network));
  };
  /** Made beside and renamed at the end: what is cut off before was never a guest. */
  const finish = async (making: string, spec: GuestSpec, signal: AbortSignal): Promise<void> => {
    await writeSettings(join(making, "rootfs"), spec, prepared().network.gateway);
    signal.throwIfAborted();
    await rename(making, home(spec.vmid));
    await writeConfig(spec);
  };
  /** Runs a small command of ours inside; rejects with its words. */
  const inside = async (vmid: number, argv: readonly string[], input?: Buffer): Promise<Buffer> => {
    const stdout: Buffer[] = [];
    let stderr = "";
    const io: ExecIo = {
      stdin: input === undefined ? null : Readable.from([input]),
      env: insideEnv,
      stdout: (bytes) => void stdout.push(bytes),
      stderr: (bytes) => void (stderr += bytes.toString()),
      signal: new AbortController().signal,
    };
    const code = await attach({ lxcPath, vmid }, argv, io);
    if (code !== 0) throw new Error(stderr.trim() || `exit code ${code}`);
    return Buffer.concat(stdout);
  };
  const guests = async (): Promise<number[]> => {
    const names = await readdir(lxcPath).catch(() => []);
    return names.filter((name) => /^\d+$/.test(name)).map(Number);
  };
  const running = async (vmid: number): Promise<boolean> => (await initPid(vmid)) !== undefined;

  return {
    kind: "lxc",
    guests,
    running,

    async prepare(log) {
      await mkdir(lxcPath, { recursive: true });
      // A guest's root is this machine's uid 100000: it must be able to pass, nobody else gets to read.
      for (const path of [directory, lxcPath]) await chmod(path, 0o711);
      for (const name of await readdir(lxcPath))
        if (name.startsWith(".making-")) await rm(join(lxcPath, name), { recursive: true, force: true });
      await allowIdMap("/etc/subuid", log);
      await allowIdMap("/etc/subgid", log);
      const image = await ensureImage(log);
      ready = { image, network: await ensureNetwork(directory) };
    },

    async templates(): Promise<OsTemplate[]> {
      return [{ file: templateFile, sizeBytes: prepared().image.sizeBytes, format: "tzst" }];
    },

    imageMember: (file, path) =>
      file === templateFile ? memberOf(prepared().image.directory, path) : Promise.resolve(undefined),

    async create(spec, log, signal) {
      if (spec.template !== templateFile) throw new Error(`unable to find OS template '${spec.template}'`);
      const making = join(lxcPath, `.making-${spec.vmid}`);
      await rm(making, { recursive: true, force: true });
      await mkdir(making);
      try {
        log(`extracting archive '/var/lib/vz/template/cache/${spec.template}'`);
        await run(["cp", "-a", "--reflink=auto", prepared().image.directory, join(making, "rootfs")], { signal });
        log("Detected container architecture: amd64");
        await writeFirstSettings(join(making, "rootfs"), spec);
        await forgetMachineId(join(making, "rootfs"));
        for (const { volume } of spec.mounts ?? []) await createVolume(making, volume, spec.unprivileged);
        await finish(making, spec, signal);
      } catch (error) {
        await rm(making, { recursive: true, force: true });
        throw error;
      }
    },

    // What appears in a mount namespace from outside needs more than this machine may have: it waits for the next start.
    plugsMounts: false,
    createVolume: async (vmid, name) => createVolume(home(vmid), name, await isUnprivileged(home(vmid))),
    removeVolume: (vmid, name) => removeTree(volumePath(home(vmid), name)),
    renameVolume: (vmid, from, to) => rename(volumePath(home(vmid), from), volumePath(home(vmid), to)),
    async takeSnapshot(spec, name) {
      // Frozen where the machine's cgroups can, as Proxmox does: a file is not copied half-written.
      const frozen = (await running(spec.vmid)) && (await tryRun(["lxc-freeze", ...named(spec.vmid)])).code === 0;
      try {
        await takeSnapshot(
          home(spec.vmid),
          name,
          (spec.mounts ?? []).map(({ volume }) => volume),
        );
      } finally {
        if (frozen) await tryRun(["lxc-unfreeze", ...named(spec.vmid)]);
      }
    },
    async rollback(vmid, name) {
      await rollback(home(vmid), name);
      disk.delete(vmid);
    },
    removeSnapshot: (vmid, name) => removeSnapshot(home(vmid), name),
    async clone({ from, snapshot, spec, volumes }, signal) {
      const making = join(lxcPath, `.making-${spec.vmid}`);
      await rm(making, { recursive: true, force: true });
      try {
        await copyDisks(home(from), making, { snapshot, volumes, signal });
        await finish(making, spec, signal);
      } catch (error) {
        await rm(making, { recursive: true, force: true });
        throw error;
      }
    },

    async destroy(vmid) {
      if (await running(vmid)) await run(["lxc-stop", ...named(vmid), "-k"]);
      const gone = join(lxcPath, `.making-${vmid}`);
      await rm(gone, { recursive: true, force: true });
      if (existsSync(home(vmid))) await rename(home(vmid), gone);
      await rm(gone, { recursive: true, force: true });
      cpuBefore.delete(vmid);
      disk.delete(vmid);
    },

    async start(spec) {
      await writeSettings(rootfs(spec.vmid), spec, prepared().network.gateway);
      await writeConfig(spec);
      const log = join(home(spec.vmid), "lxc.log");
      await rm(log, { force: true });
      const result = await tryRun(["lxc-start", ...named(spec.vmid), "-d", "-o", log, "-l", "WARN"]);
      if (result.code === 0) return;
      const lines = await readFile(log, "utf8").catch(() => "");
      throw new Error(/ ERROR +(.*)$/m.exec(lines)?.[1] ?? `lxc-start failed: ${result.stderr.trim()}`);
    },

    async stop(vmid) {
      if (await running(vmid)) await run(["lxc-stop", ...named(vmid), "-k"]);
    },

    async shutdown(vmid, timeoutMs) {
      const seconds = Math.max(1, Math.ceil(timeoutMs / 1000));
      if (await running(vmid)) await tryRun(["lxc-stop", ...named(vmid), "--nokill", "-t", String(seconds)]);
      return !(await running(vmid));
    },

    async apply(spec) {
      await writeSettings(rootfs(spec.vmid), spec, prepared().network.gateway);
      await writeConfig(spec);
      if (!(await running(spec.vmid))) return;
      await inside(spec.vmid, ["hostname", spec.hostname]);
      // cgroup v1 keeps memory below memory plus swap at every instant: raising needs the second one first.
      for (const { file, value } of [...limits(spec), ...limits(spec)])
        await tryRun(["lxc-cgroup", ...named(spec.vmid), file, value]);
      if (spec.network !== null) await inside(spec.vmid, ["sh", "-c", "ifdown --force eth0; ifup eth0"]);
    },

    async usage(vmid): Promise<GuestUsage> {
      const size = disk.get(vmid);
      const nowMs = Date.now();
      // Counting a disk reads every file's size: once a minute is enough.
      if (size === undefined || nowMs - size.atMs > 60_000)
        disk.set(vmid, { bytes: await diskBytes(rootfs(vmid)), atMs: nowMs });
      const diskNow = disk.get(vmid)?.bytes ?? 0;
      const pid = await initPid(vmid);
      if (pid === undefined)
        return { cpu: 0, memBytes: 0, diskBytes: diskNow, netInBytes: 0, netOutBytes: 0, uptimeS: 0, pid: 0 };
      const sample = await cpuSample(pid, nowMs);
      const before = cpuBefore.get(vmid);
      cpuBefore.set(vmid, sample);
      const elapsedMs = before === undefined ? 0 : sample.atMs - before.atMs;
      const cpu = before === undefined || elapsedMs <= 0 ? 0 : Math.max(0, (sample.usedMs - before.usedMs) / elapsedMs);
      const net = await traffic(prepared().network.vethOf(vmid));
      return {
        cpu,
        memBytes: await memoryBytes(pid),
        diskBytes: diskNow,
        netInBytes: net.inBytes,
        netOutBytes: net.outBytes,
        uptimeS: await uptimeS(pid),
        pid,
      };
    },

    async interfaces(vmid) {
      const pid = await initPid(vmid);
      return pid === undefined ? null : interfacesOf(pid);
    },

    exec: (vmid, argv, io) => attach({ lxcPath, vmid }, argv, io),

    async push(vmid, file) {
      const script = 'umask 077; cat >"$1" && chown "$2" "$1" && chmod "$3" "$1"';
      await inside(
        vmid,
        ["sh", "-c", script, "push", file.path, `${file.uid}:${file.gid}`, file.mode.toString(8)],
        file.content,
      );
    },

    pull: (vmid, path) => inside(vmid, ["cat", "--", path]),

    async close() {
      const live = await Promise.all((await guests()).map(running));
      await ready?.network.close(live.includes(true));
      ready = undefined;
    },
  };
}

/** newuidmap lets root map only what these files say; Proxmox's installer writes the same line. */
async function allowIdMap(file: string, log: (line: string) => void): Promise<void> {
  const text = await readFile(file, "utf8").catch(() => "");
  const allowed = text.split("\n").some((line) => {
    const [who, first, count] = line.split(":");
    return who === "root" && Number(first) <= idMap.first && Number(first) + Number(count) >= idMap.first + idMap.count;
  });
  if (allowed) return;
  log(`Allowing root the ids ${idMap.first}-${idMap.first + idMap.count - 1} in ${file}`);
  await writeFile(file, `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}root:${idMap.first}:${idMap.count}\n`);
}
