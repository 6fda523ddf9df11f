// The memory backend: containers as state machines and small file systems, everywhere and at once.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import type { LabClock } from "../clock";
import type { GuestSpec, GuestUsage, LabHost, OsTemplate } from "../host";
import { collect } from "../streams";
import { chooseAddress, interfacesOf, type ShownAddresses } from "./addresses";
import { runInGuest } from "./commands";
import { copyOf, disksOf, emptyVolume, restoreDisks, specify } from "./disks";
import { loadGuest, newGuest, saveGuest, type MemoryGuest } from "./guest";
import { createLog } from "./create-log";
import { imageFiles, imageMember } from "./image";
import { discovery } from "./runner";
import { interruptUnits, resumeUnits, type UnitWorld } from "./units";
import { serveGuest } from "./web";

const templates: OsTemplate[] = [
  { file: "debian-12-standard_12.12-1_amd64.tar.zst", sizeBytes: 126_129_049, format: "tzst" },
  { file: "debian-13-standard_13.1-2_amd64.tar.zst", sizeBytes: 129_710_398, format: "tzst" },
];

/** Not there at first, as on a fresh node. */
const downloads: OsTemplate[] = [
  { file: "debian-12-standard_12.7-1_amd64.tar.zst", sizeBytes: 102_236_236, format: "tzst" },
  { file: "ubuntu-24.04-standard_24.04-2_amd64.tar.zst", sizeBytes: 141_589_318, format: "tzst" },
];

/** Durations of an idle small node, before the lab's scale. */
const ms = { create: 1_200, start: 600, stop: 200, shutdown: 500, snapshot: 300 };

export function createMemoryHost(options: {
  directory: string;
  clock: LabClock;
  scale: number;
  addresses?: ShownAddresses;
}): LabHost {
  const { directory, clock, scale, addresses: shown = "loopback" } = options;
  mkdirSync(directory, { recursive: true });
  const guests = new Map<number, MemoryGuest>();
  const servers = new Map<string, Server>();
  let lastPid = 20_000;
  let closed = false;
  const fileOf = (vmid: number) => join(directory, `${vmid}.json`);
  const pace = (duration: number, signal?: AbortSignal) =>
    scale === 0 ? Promise.resolve() : clock.sleep(duration * scale, signal);

  const world: UnitWorld = {
    clock,
    scale,
    shown,
    save(guest) {
      if (!closed && guests.get(guest.spec.vmid) === guest) saveGuest(fileOf(guest.spec.vmid), guest);
    },
    async listen(guest, { port, process, web }) {
      const key = `${guest.address}:${port}`;
      if (!web || servers.has(key) || closed) return undefined;
      const server = await serveGuest(guest, port, process);
      if (typeof server === "string") return server;
      servers.set(key, server);
      return undefined;
    },
    async reboot(guest) {
      halt(guest);
      await pace(ms.start);
      boot(guest);
    },
  };

  const get = (vmid: number): MemoryGuest => {
    const guest = guests.get(vmid);
    if (guest === undefined) throw new Error(`no such container ${vmid}`);
    return guest;
  };
  const freshAddress = (vmid: number) =>
    chooseAddress(directory, vmid, new Set([...guests.values()].map((guest) => guest.address)));
  const changed = (vmid: number, change: (guest: MemoryGuest) => unknown): Promise<void> => {
    const guest = get(vmid);
    change(guest);
    world.save(guest);
    return Promise.resolve();
  };
  const unlisten = (guest: MemoryGuest) => {
    for (const [key, server] of servers) {
      if (!key.startsWith(`${guest.address}:`)) continue;
      server.close();
      server.closeAllConnections();
      servers.delete(key);
    }
  };
  const listenAll = (guest: MemoryGuest) => {
    for (const service of discovery(guest).services as { name?: string; kind?: string; port?: number }[]) {
      // shapes of plan.ts
      if (service.port === undefined) continue;
      void world.listen(guest, {
        port: service.port,
        process: service.name ?? "service",
        web: service.kind === "http",
      });
    }
  };
  const halt = (guest: MemoryGuest) => {
    guest.life.abort();
    guest.startedAt = null;
    guest.pid = 0;
    unlisten(guest);
    interruptUnits(guest);
    world.save(guest);
  };
  const boot = (guest: MemoryGuest) => {
    if (guests.get(guest.spec.vmid) !== guest) return;
    lastPid += 7;
    guest.life = new AbortController();
    guest.startedAt = clock.now();
    guest.pid = lastPid;
    listenAll(guest);
    world.save(guest);
    guest.events.emit("change");
  };

  for (const name of readdirSync(directory).filter((file) => /^\d+\.json$/.test(file))) {
    const guest = loadGuest(join(directory, name));
    if (guest === undefined) continue;
    guests.set(guest.spec.vmid, guest);
    lastPid = Math.max(lastPid, guest.pid);
    if (guest.startedAt === null) continue;
    resumeUnits(world, guest);
    listenAll(guest);
  }

  return {
    kind: "memory",
    templates: () => Promise.resolve(templates),
    catalogue: () => Promise.resolve([...templates, ...downloads]),
    imageMember: (file, path) => Promise.resolve(imageMember(file, path)),
    async create(spec, log, signal) {
      const lines = createLog(spec);
      for (const line of lines) {
        await pace(ms.create / lines.length, signal);
        signal.throwIfAborted();
        log(line);
      }
      const guest = newGuest({ spec, address: freshAddress(spec.vmid) });
      for (const [path, text] of Object.entries({ ...imageFiles(spec.template), ...settings(spec) }))
        guest.fs.write(path, Buffer.from(text));
      if (spec.sshPublicKeys !== undefined) {
        guest.fs.mkdir("/root/.ssh", true, 0o700);
        guest.fs.write("/root/.ssh/authorized_keys", Buffer.from(`${spec.sshPublicKeys}\n`), { mode: 0o600 });
      }
      guests.set(spec.vmid, guest);
      world.save(guest);
    },
    destroy(vmid) {
      const guest = guests.get(vmid);
      if (guest !== undefined) halt(guest);
      guests.delete(vmid);
      rmSync(fileOf(vmid), { force: true });
      return Promise.resolve();
    },
    async start(spec) {
      await pace(ms.start);
      const guest = get(spec.vmid);
      specify(guest, spec);
      boot(guest);
    },
    async stop(vmid) {
      await pace(ms.stop);
      halt(get(vmid));
    },
    async shutdown(vmid, timeoutMs) {
      await pace(ms.shutdown);
      halt(get(vmid));
      return timeoutMs >= 0;
    },
    running: (vmid) => Promise.resolve((guests.get(vmid)?.startedAt ?? null) !== null),
    apply(spec) {
      const guest = guests.get(spec.vmid);
      if (guest !== undefined) {
        specify(guest, spec);
        guest.fs.write("/etc/hostname", Buffer.from(`${spec.hostname}\n`));
        world.save(guest);
      }
      return Promise.resolve();
    },
    plugsMounts: true,
    createVolume: (vmid, name) => changed(vmid, (guest) => (guest.volumes[name] = emptyVolume())),
    removeVolume: (vmid, name) => changed(vmid, (guest) => (guest.volumes = without(guest.volumes, name))),
    renameVolume: (vmid, from, to) =>
      changed(
        vmid,
        (guest) =>
          (guest.volumes = Object.fromEntries(
            Object.entries(guest.volumes).map(([name, fs]) => [name === from ? to : name, fs]),
          )),
      ),
    async takeSnapshot(spec, name) {
      await pace(ms.snapshot);
      const names = (spec.mounts ?? []).map(({ volume }) => volume);
      await changed(spec.vmid, (guest) => (guest.snapshots[name] = disksOf(guest, names)));
    },
    async rollback(vmid, name) {
      await pace(ms.snapshot);
      const kept = get(vmid).snapshots[name];
      if (kept === undefined) throw new Error(`snapshot '${name}' does not exist`);
      await changed(vmid, (guest) => restoreDisks(guest, kept));
    },
    removeSnapshot: (vmid, name) => changed(vmid, (guest) => (guest.snapshots = without(guest.snapshots, name))),
    async clone(copy, signal) {
      await pace(ms.create, signal);
      signal.throwIfAborted();
      const guest = copyOf(get(copy.from), copy, freshAddress(copy.spec.vmid));
      guests.set(copy.spec.vmid, guest);
      world.save(guest);
    },
    usage: (vmid) => Promise.resolve(usageOf(get(vmid), clock.now())),
    interfaces(vmid) {
      const guest = get(vmid);
      return Promise.resolve(
        guest.startedAt === null ? null : interfacesOf(guest, { nowMs: clock.now(), scale, shown }),
      );
    },
    exec(vmid, argv, io) {
      const stdin = () => (io.stdin === null ? Promise.resolve(Buffer.alloc(0)) : collect(io.stdin));
      return runInGuest(world, get(vmid), {
        argv,
        env: io.env,
        io: { stdin, stdout: io.stdout, stderr: io.stderr },
        ...(io.stdin === null ? {} : { stream: io.stdin }),
        signal: io.signal,
      });
    },
    push(vmid, { path, content, ...attributes }) {
      const guest = get(vmid);
      if (!guest.fs.write(path, content, attributes)) {
        return Promise.reject(new Error(`failed to create file: ${path}: No such file or directory`));
      }
      world.save(guest);
      return Promise.resolve();
    },
    pull(vmid, path) {
      const content = get(vmid).fs.read(path);
      if (content === undefined) return Promise.reject(new Error(`failed to open ${path}: No such file or directory`));
      return Promise.resolve(content);
    },
    guests: () => Promise.resolve([...guests.keys()]),
    close() {
      closed = true;
      for (const guest of guests.values()) {
        guest.life.abort();
        unlisten(guest);
      }
      return Promise.resolve();
    },
  };
}

function without<T>(record: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([one]) => one !== name));
}

/** What Proxmox writes into a fresh container, and the release where others look for it: there are no links inside a memory guest. */
function settings(spec: GuestSpec): Record<string, string> {
  return {
    "/etc/hostname": `${spec.hostname}\n`,
    "/etc/hosts": `127.0.0.1 localhost\n127.0.1.1 ${spec.hostname}\n`,
    "/etc/os-release": imageFiles(spec.template)["/usr/lib/os-release"] ?? "",
  };
}

/** Plausible and steady: the same guest shows the same values at the same age. */
function usageOf(guest: MemoryGuest, nowMs: number): GuestUsage {
  const uptimeS = guest.startedAt === null ? 0 : (nowMs - guest.startedAt) / 1000;
  const { memoryMib, diskGib, vmid } = guest.spec;
  const busy = Object.values(guest.units).some((unit) => unit.state === "running");
  const share = 0.08 + (vmid % 7) / 60 + guest.packages.length / 150;
  return {
    cpu: busy ? 0.62 : 0.004 + (vmid % 5) / 1000,
    memBytes: Math.round(Math.min(0.9, share) * memoryMib * 1024 ** 2),
    diskBytes: Math.min(diskGib * 1024 ** 3, 590_000_000 + guest.packages.length * 24_000_000),
    netInBytes: Math.round(900 + uptimeS * 40),
    netOutBytes: Math.round(600 + uptimeS * 22),
    uptimeS,
    pid: guest.pid,
  };
}
