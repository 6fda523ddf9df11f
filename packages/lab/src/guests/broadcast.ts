// What pvestatd last broadcast: cluster/resources shows states as old as that, ten seconds on a real node.

import type { Core } from "../core";
import type { GuestRecord } from "./record";
import { statusView, type View } from "./view";

export interface Broadcast {
  /** The row of one guest, as seen at the last round; only lock, tags and node are current. */
  row(record: GuestRecord): Promise<View>;
  close(): void;
}

/** `periodMs` 0: every row is read when it is asked for. */
export function startBroadcast(core: Core, periodMs: number): Broadcast {
  let seen = new Map<number, View>();
  const round = async () => {
    const next = new Map<number, View>();
    for (const record of core.guests.all()) {
      if (record.options["lock"] !== "create") next.set(record.vmid, await statusView(core, record));
    }
    seen = next;
  };
  // A guest may vanish in the middle of a round; the next round knows.
  const quietRound = () => void round().catch(() => undefined);
  const timer = periodMs > 0 ? setInterval(quietRound, periodMs) : undefined;
  timer?.unref();
  if (periodMs > 0) quietRound();

  return {
    async row(record) {
      const view = periodMs > 0 ? seen.get(record.vmid) : await statusView(core, record);
      const pool = core.pools.ofGuest(record.vmid);
      return { ...asResource(core, record.vmid, view), ...current(record), ...(pool === undefined ? {} : { pool }) };
    },
    close: () => clearInterval(timer),
  };
}

function asResource(core: Core, vmid: number, view: View | undefined): View {
  const base = {
    id: `lxc/${vmid}`,
    vmid,
    node: core.faults.elsewhere.get(vmid) ?? core.facts.name,
    type: "lxc",
    template: view?.["template"] ?? 0,
  };
  if (view === undefined) return { ...base, status: "unknown" };
  const { name, status, cpu, cpus, mem, maxmem, disk, maxdisk, netin, netout, diskread, diskwrite, uptime } = view;
  return {
    ...base,
    name,
    status,
    cpu,
    maxcpu: cpus,
    mem,
    maxmem,
    disk,
    maxdisk,
    netin,
    netout,
    diskread,
    diskwrite,
    uptime,
    ...(core.release.hasPressure ? { memhost: 0 } : {}),
  };
}

function current(record: GuestRecord): View {
  const { lock, tags } = record.options;
  return { ...(lock === undefined ? {} : { lock }), ...(tags === undefined ? {} : { tags }) };
}
