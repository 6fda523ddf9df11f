// What a running container uses, read from the kernel's own files.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { GuestInterface } from "../host";
import { run } from "./run";

export interface CpuSample {
  usedMs: number;
  atMs: number;
}

export async function memoryBytes(pid: number): Promise<number> {
  const path = await cgroupOf(pid, "memory");
  const unified = existsSync(`${path}/memory.current`);
  const used = await numberIn(`${path}/${unified ? "memory.current" : "memory.usage_in_bytes"}`);
  const stat = await readFile(`${path}/memory.stat`, "utf8").catch(() => "");
  // Page cache that can be dropped is no use of memory.
  const cache = /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat);
  return Math.max(0, used - Number(cache?.[1] ?? 0));
}

export async function cpuSample(pid: number, nowMs: number): Promise<CpuSample> {
  const path = await cgroupOf(pid, "cpuacct");
  if (existsSync(`${path}/cpuacct.usage`))
    return { usedMs: (await numberIn(`${path}/cpuacct.usage`)) / 1e6, atMs: nowMs };
  const stat = await readFile(`${path}/cpu.stat`, "utf8").catch(() => "");
  return { usedMs: Number(/^usage_usec (\d+)$/m.exec(stat)?.[1] ?? 0) / 1e3, atMs: nowMs };
}

export async function uptimeS(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const startTicks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const machineS = Number((await readFile("/proc/uptime", "utf8")).split(" ")[0]);
  return Math.max(0, Math.floor(machineS - startTicks / 100)); // USER_HZ is 100 on every Linux that LXC supports.
}

/** Seen from the guest: what its veth's host end has sent is what came in. */
export async function traffic(veth: string): Promise<{ inBytes: number; outBytes: number }> {
  const statistics = `/sys/class/net/${veth}/statistics`;
  return { inBytes: await numberIn(`${statistics}/tx_bytes`), outBytes: await numberIn(`${statistics}/rx_bytes`) };
}

export async function diskBytes(rootfs: string): Promise<number> {
  return Number((await run(["du", "-sx", "-B1", rootfs])).split("\t")[0]);
}

const Links = z.array(
  z.object({
    ifname: z.string(),
    address: z.string().default("00:00:00:00:00:00"),
    addr_info: z.array(z.object({ family: z.string(), local: z.string(), prefixlen: z.number() })).default([]),
  }),
);

/** Asks the kernel about the container's network from outside, with this machine's `ip`. */
export async function interfacesOf(pid: number): Promise<GuestInterface[]> {
  const links = Links.parse(JSON.parse(await run(["nsenter", "-t", String(pid), "-n", "ip", "-j", "addr"])));
  return links.map(({ ifname, address, addr_info }) => {
    const of = (family: string): string[] =>
      addr_info.filter((one) => one.family === family).map((one) => `${one.local}/${one.prefixlen}`);
    return { name: ifname, hwaddr: address, inet: of("inet"), inet6: of("inet6") };
  });
}

/** The container's own cgroup, above those that its systemd makes. */
async function cgroupOf(pid: number, controller: string): Promise<string> {
  const lines = (await readFile(`/proc/${pid}/cgroup`, "utf8"))
    .trim()
    .split("\n")
    .map((line) => line.split(":"));
  const legacy = lines.find(([, names]) => names?.split(",").includes(controller));
  const path = (legacy ?? lines.find(([id]) => id === "0"))?.[2] ?? "/";
  const payload = /^.*\/lxc\.payload\.[^/]+/.exec(path)?.[0] ?? path;
  return legacy === undefined ? `/sys/fs/cgroup${payload}` : `/sys/fs/cgroup/${legacy[1] ?? ""}${payload}`;
}

async function numberIn(file: string): Promise<number> {
  return Number(await readFile(file, "utf8").catch(() => "0"));
}
