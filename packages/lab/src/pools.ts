// Resource pools: named groups of guests and storages, kept in one file (pve-manager, PVE/API2/Pool.pm).

import { readJson, writeJson } from "./persist";

interface Members {
  vms: number[];
  storage: string[];
}

export interface Pool extends Members {
  poolid: string;
  comment?: string;
}

export interface Pools {
  all(): Pool[];
  find(poolid: string): Pool | undefined;
  save(pool: Pool): void;
  remove(poolid: string): void;
  /** Nothing happens to a pool that is gone meanwhile. */
  add(poolid: string, members: Members): void;
  /** A guest is in one pool at most. */
  ofGuest(vmid: number): string | undefined;
  forgetGuest(vmid: number): void;
}

export function openPools(path: string): Pools {
  const kept = new Map((readJson<Pool[]>(path) ?? []).map((pool) => [pool.poolid, pool]));
  const write = () => writeJson(path, [...kept.values()]);
  const pools: Pools = {
    all: () => [...kept.values()].sort((a, b) => a.poolid.localeCompare(b.poolid)),
    find: (poolid) => kept.get(poolid),
    save(pool) {
      kept.set(pool.poolid, pool);
      write();
    },
    remove(poolid) {
      kept.delete(poolid);
      write();
    },
    add(poolid, { vms, storage }) {
      const pool = kept.get(poolid);
      if (pool === undefined) return;
      pools.save({
        ...pool,
        vms: [...new Set([...pool.vms, ...vms])],
        storage: [...new Set([...pool.storage, ...storage])],
      });
    },
    ofGuest: (vmid) => pools.all().find((pool) => pool.vms.includes(vmid))?.poolid,
    forgetGuest(vmid) {
      for (const pool of kept.values())
        if (pool.vms.includes(vmid)) pools.save({ ...pool, vms: pool.vms.filter((one) => one !== vmid) });
    },
  };
  return pools;
}

/** `/vms/<id>` or `/storage/<name>` → the pool that holds it. */
export function poolOfMember(pools: Pools): (path: string) => string | undefined {
  return (path) => {
    const [, kind, name = ""] = /^\/(vms|storage)\/([^/]+)$/.exec(path) ?? [];
    if (kind === "vms") return pools.ofGuest(Number(name));
    return kind === "storage" ? pools.all().find((pool) => pool.storage.includes(name))?.poolid : undefined;
  };
}
