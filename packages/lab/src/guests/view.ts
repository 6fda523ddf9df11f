// A guest as status/current, the list and cluster/resources show it (pve-container, PVE/LXC.pm vmstatus).

import type { Core } from "../core";
import { diskGib, nameOf, type GuestRecord } from "./record";

export type View = Record<string, unknown>;

const mib = 1024 ** 2;
const gib = 1024 ** 3;
/** ext4 on a fresh volume shows this much of it. */
const usableShare = 0.9648;

export async function statusView(core: Core, record: GuestRecord): Promise<View> {
  const { options, asked, vmid } = record;
  const running = await core.host.running(vmid);
  const disk = Math.round(diskGib(record) * gib);
  const lock = options["lock"];
  const common: View = {
    vmid,
    name: nameOf(record),
    type: "lxc",
    status: running ? "running" : "stopped",
    cpus: Number(options["cores"] ?? asked?.cores ?? core.facts.cpus),
    maxmem: (Number(options["memory"]) || asked?.memoryMib || 512) * mib,
    maxswap: Number(options["swap"] ?? asked?.swapMib ?? 0) * mib,
    maxdisk: disk,
    cpu: 0,
    mem: 0,
    swap: 0,
    disk: 0,
    netin: 0,
    netout: 0,
    diskread: 0,
    diskwrite: 0,
    uptime: 0,
    ...(lock === undefined ? {} : { lock }),
    ...(options["tags"] === undefined ? {} : { tags: options["tags"] }),
    ...(options["template"] === "1" ? { template: 1 } : {}),
  };
  return running ? { ...common, ...(await live(core, vmid, disk)) } : common;
}

async function live(core: Core, vmid: number, disk: number): Promise<View> {
  const usage = await core.host.usage(vmid);
  return {
    pid: usage.pid,
    cpu: usage.cpu,
    mem: usage.memBytes,
    disk: usage.diskBytes,
    maxdisk: Math.round(disk * usableShare),
    netin: usage.netInBytes,
    netout: usage.netOutBytes,
    uptime: Math.floor(usage.uptimeS),
    ...(core.release.hasPressure ? pressure : {}),
  };
}

const pressure = {
  pressurecpusome: null,
  pressurecpufull: null,
  pressurememorysome: null,
  pressurememoryfull: null,
  pressureiosome: null,
  pressureiofull: null,
};
